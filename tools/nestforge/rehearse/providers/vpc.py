"""ALIYUN::ECS::VPC."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.evaluate.made import Made
from nestforge.rehearse.providers.failures import as_failure
from nestforge.rehearse.providers.properties import network, text
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource

DEFAULT_RANGE = "172.16.0.0/12"
"""Of a VPC whose template names none, by the documentation of CreateVpc."""


@dataclass(frozen=True, slots=True)
class VpcProvider:
    """Makes a router."""

    world: LocalWorld

    async def create(self, wanted: Wanted) -> Made:
        """Make a VPC. Raises ResourceFailed."""
        properties = {"CidrBlock": DEFAULT_RANGE, **wanted.properties}
        vpc_id, name = f"vpc-{secrets.token_hex(10)}", text(properties, "VpcName")
        with as_failure():
            await self.world.add_vpc(vpc_id, name, network(properties, "CidrBlock"))
        attributes = {"VRouterId": f"vrt-{secrets.token_hex(10)}", "RouteTableId": f"vtb-{secrets.token_hex(10)}"}
        return Made(vpc_id, {"VpcId": vpc_id, "VpcName": name, **attributes})

    async def delete(self, resource: StackResource) -> None:
        """Remove it. Raises ResourceFailed where a vSwitch is left in it."""
        vpc = self.world.vpcs.get(resource.physical_id)
        if vpc is not None and vpc.vswitches:
            raise ResourceFailed(f"there are vSwitches in it: {', '.join(vpc.vswitches)}")
        await self.world.remove_vpc(resource.physical_id)
