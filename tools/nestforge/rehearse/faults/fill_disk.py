"""The system disk is full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.rehearse.faults.fault import done_on

if TYPE_CHECKING:
    from nestforge.rehearse.host import Host, World

LEFT = 1
"""GiB that stay free."""


async def fill_disk(_: World, host: Host) -> None:
    """Take all its space but a little, with a file."""
    free = (await done_on(host, "df --output=avail -BG / | tail -n 1")).strip().rstrip("G")
    await done_on(host, f"fallocate --length {int(free) - LEFT}GiB /var/filler")
