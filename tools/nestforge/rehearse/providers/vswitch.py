"""ALIYUN::ECS::VSwitch."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.evaluate.made import Made
from nestforge.rehearse.network.vpc import VSwitch
from nestforge.rehearse.providers.found import find_vpc
from nestforge.rehearse.providers.properties import network, required, text
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource

_WIDEST, _NARROWEST = 16, 29
"""Lengths of the mask that a vSwitch may have, says its documentation."""


@dataclass(frozen=True, slots=True)
class VSwitchProvider:
    """Makes a part of a VPC's range."""

    world: LocalWorld

    async def create(self, wanted: Wanted) -> Made:
        """Make a vSwitch. Raises ResourceFailed."""
        vpc = find_vpc(self.world, required(wanted.properties, "VpcId"))
        own = network(wanted.properties, "CidrBlock")
        if not _WIDEST <= own.prefixlen <= _NARROWEST:
            raise ResourceFailed(f"its CidrBlock is {own}, expected a mask of {_WIDEST} to {_NARROWEST} bits")
        if not own.subnet_of(vpc.network):
            raise ResourceFailed(f"its CidrBlock {own} is not within {vpc.network}, the range of its VPC")
        for other in vpc.vswitches.values():
            if own.overlaps(other.network):
                raise ResourceFailed(f"its CidrBlock {own} overlaps {other.network} of {other.vswitch_id}")
        vswitch_id = f"vsw-{secrets.token_hex(10)}"
        vpc.vswitches[vswitch_id] = VSwitch(vswitch_id, vpc.vpc_id, own, text(wanted.properties, "ZoneId"))
        name = text(wanted.properties, "VSwitchName")
        attributes = {"VSwitchId": vswitch_id, "VSwitchName": name, "CidrBlock": str(own), "Ipv6CidrBlock": ""}
        return Made(vswitch_id, attributes)

    async def delete(self, resource: StackResource) -> None:
        """Remove it. Raises ResourceFailed where an instance is left in it."""
        try:
            self.world.vswitch(resource.physical_id)
        except KeyError:
            return
        used = [
            i.instance_id for i in self.world.instances.values() if i.order.vswitch.vswitch_id == resource.physical_id
        ]
        if used:
            raise ResourceFailed(f"there are instances in it: {', '.join(used)}")
        await self.world.remove_vswitch(resource.physical_id)
