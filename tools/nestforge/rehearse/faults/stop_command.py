"""A command hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.rehearse.faults.fault import CannotStrike, done_on

if TYPE_CHECKING:
    from nestforge.rehearse.host import Host, World


async def stop_command(_: World, host: Host) -> None:
    """Stop every process of the command that runs on it; they neither end nor answer."""
    commands = [pid for pid, line in await host.processes() if "bash" in line and "llm" not in line]
    if not commands:
        raise CannotStrike(f"no command runs on {host.name}")
    await done_on(host, f"kill -STOP {' '.join(map(str, commands))}")
