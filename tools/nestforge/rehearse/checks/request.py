"""A request from a place of the rehearsal, and the status that it got."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.rehearse.host import Vantage

LIMIT = 20
"""Seconds."""


async def status_of(place: Vantage, url: str, key: str = "", method: str = "GET") -> str:
    """Return the HTTP status, or what curl says of why there is none.

    The path is sent as it is written, and the key travels by a pipe, as it does in the service's own scripts.
    """
    command = ["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "--path-as-is", "--noproxy", "*"]
    command += ["-X", method, "--max-time", str(LIMIT), "-H", "@-", url]
    header = f"Authorization: Bearer {key}\n" if key else "X-Nothing: here\n"
    done = await place.run(command, input=header, timeout=LIMIT + 10)
    return done.stdout if done.returncode == 0 else f"no answer: {done.stderr.strip()[-120:]}"
