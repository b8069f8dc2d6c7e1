"""Run programs of this machine, in a network of a rehearsal where one is given."""

from __future__ import annotations

import asyncio
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

from nestforge.rehearse.namespaces.errors import MachineFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""Where programs are looked for: whoever calls may have no /usr/sbin in theirs."""

_ENVIRONMENT = {"PATH": PATH, "LC_ALL": "C"}


async def run(command: Sequence[str], *, input: str = "", network: int | None = None) -> str:
    """Return what the program printed. `network` is the descriptor of a network namespace.

    Raises MachineFailed with what it said when it failed.
    """
    process = await asyncio.create_subprocess_exec(
        *_inside(network),
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=_ENVIRONMENT,
        pass_fds=() if network is None else (network,),
    )
    try:
        printed, said = await process.communicate(input.encode())
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
    if process.returncode != 0:
        raise MachineFailed(f"{' '.join(command)}: {said.decode(errors='replace').strip()}\n{input}".strip())
    return printed.decode()


def run_now(command: Sequence[str], *, network: int) -> None:
    """Run a program in a network, and wait for it. Raises MachineFailed with what it said when it failed."""
    done = subprocess.run(
        [*_inside(network), *command], env=_ENVIRONMENT, pass_fds=(network,), capture_output=True, text=True
    )
    if done.returncode != 0:
        raise MachineFailed(f"{' '.join(command)}: {done.stderr.strip()}")


def _inside(network: int | None) -> list[str]:
    return ["nsenter", f"--net=/proc/self/fd/{network}", "--"] if network is not None else []
