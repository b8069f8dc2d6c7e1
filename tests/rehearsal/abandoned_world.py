"""Makes a world with a host in it, says so, and waits to be killed: `python abandoned_world.py FOLDER`."""

from __future__ import annotations

import asyncio
import sys
from ipaddress import IPv4Network
from pathlib import Path

from tests.rehearsal.conftest import IMAGE, order

from nestforge.rehearse.network.security_group import SecurityGroup
from nestforge.rehearse.network.vpc import VSwitch
from nestforge.rehearse.world import open_world


async def main(folder: Path) -> None:
    """Make it, with a service that outlives its command."""
    async with open_world(folder, lambda *_: IMAGE) as world:
        vpc = await world.add_vpc("vpc-1", "test", IPv4Network("10.0.0.0/8"))
        vswitch = vpc.vswitches["vsw-1"] = VSwitch("vsw-1", "vpc-1", IPv4Network("10.0.0.0/24"), "z")
        world.groups["sg-1"] = SecurityGroup("sg-1", "vpc-1")
        host = await world.add_instance(order("left", vswitch, ("sg-1",)))
        await host.run(["setsid", "-f", "sleep", "1005"])
        sys.stdout.write("made\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
