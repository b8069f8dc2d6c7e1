"""What a fault may do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nestforge.rehearse.host import Host, World

Strike = Callable[[World, Host], Awaitable[None]]
"""Does it to a host. Raises CannotStrike where the host is not as it must be for that."""


class CannotStrike(Exception):
    """The fault could not be done: the rehearsal of it proves nothing."""


async def done_on(host: Host, command: str) -> str:
    """Run a shell command on a host for a fault; return what it printed. Raises CannotStrike."""
    finished = await host.run(["bash", "-c", command])
    if finished.returncode:
        said = (finished.stderr or finished.stdout).strip()[-300:]
        raise CannotStrike(f"'{command}' on {host.name} ended with {finished.returncode}: {said}")
    return finished.stdout
