"""The engine's container goes away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.rehearse.faults.fault import done_on

if TYPE_CHECKING:
    from nestforge.rehearse.host import Host, World


async def remove_container(_: World, host: Host) -> None:
    """Remove it as an operator would by mistake: it is not restarted."""
    await done_on(host, "docker rm --force $(docker ps --quiet)")
