"""DATASOURCE::VPC::Vpc: a VPC that another stack has made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.evaluate.made import Made
from nestforge.rehearse.providers.found import find_vpc
from nestforge.rehearse.providers.properties import required

if TYPE_CHECKING:
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource


@dataclass(frozen=True, slots=True)
class ExistingVpcProvider:
    """Tells what there is."""

    world: LocalWorld

    async def create(self, wanted: Wanted) -> Made:
        """Look a VPC up. Raises ResourceFailed."""
        vpc = find_vpc(self.world, required(wanted.properties, "VpcId"))
        return Made(
            vpc.vpc_id,
            {
                "VpcId": vpc.vpc_id,
                "VpcName": vpc.name,
                "CidrBlock": str(vpc.network),
                "VSwitchIds": list(vpc.vswitches),
                "SecondaryCidrBlocks": [],
                "UserCidrs": [],
                "IsDefault": False,
                "Tags": [],
            },
        )

    async def delete(self, resource: StackResource) -> None:
        """Leave it: it is not the stack's."""
