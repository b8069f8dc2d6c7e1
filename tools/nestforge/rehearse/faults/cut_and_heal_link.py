"""The link of a host breaks for a while."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.rehearse.host import Host, World

SECONDS = 8.0
"""How long: TCP sends again what was lost, and no peer has given up yet."""


async def cut_and_heal_link(world: World, host: Host) -> None:
    """Take its link down, and up again."""
    world.cut(host.instance_id)
    await asyncio.sleep(SECONDS)
    world.heal(host.instance_id)
