"""The link of a host breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.rehearse.host import Host, World


async def cut_link(world: World, host: Host) -> None:
    """Take its link down for good."""
    world.cut(host.instance_id)
