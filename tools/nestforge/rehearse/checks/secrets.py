"""Where secrets must not be: in process lists, logs, events and what `docker inspect` shows."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nestforge.rehearse.checks.check import Observation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nestforge.rehearse.checks.check import Deployment
    from nestforge.rehearse.host import Host

LOGS = "var/log"
LARGEST = 64 * 1024 * 1024
"""Bytes of a log that are read."""


async def secrets(deployment: Deployment) -> list[Observation]:
    """Secrets are where only those who may see them look."""
    places = {
        "the events of the stack": "\n".join(event.reason for event in deployment.events()),
        "what the resources said": "\n".join(line.text for line in deployment.log()),
    }
    for host in deployment.hosts:
        places |= await _host_places(host)
    found = []
    for secret in deployment.secrets:
        for place, text in places.items():
            holds = secret.value not in text
            got = f"not in {len(text):,} characters" if holds else "it is there"
            found.append(Observation(f"{secret.name} in {place}", "not there", got, holds))
    return found


async def _host_places(host: Host) -> dict[str, str]:
    processes = "\n".join(line for _, line in await host.processes())
    logs = await asyncio.to_thread(lambda: "\n".join(_texts(host.root / LOGS)))
    return {
        f"the process list of {host.name}": processes,
        f"the log files of {host.name}": logs,
        f"docker inspect on {host.name}": await _said(host, "docker inspect $(docker ps -aq)"),
        f"docker logs on {host.name}": await _said(host, 'for c in $(docker ps -aq); do docker logs "$c" 2>&1; done'),
    }


async def _said(host: Host, command: str) -> str:
    done = await host.run(["bash", "-c", command])
    if done.returncode:
        raise RuntimeError(f"on {host.name}: {command}: {done.stderr.strip()[-200:]}")
    return done.stdout


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as stream:
                yield stream.read(LARGEST).decode(errors="replace")
