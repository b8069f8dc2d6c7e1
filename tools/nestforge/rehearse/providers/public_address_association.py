"""ALIYUN::VPC::EIPAssociation: the address leads to an instance, which sees its private one only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.evaluate.made import Made
from nestforge.rehearse.providers.failures import as_failure
from nestforge.rehearse.providers.found import find_instance
from nestforge.rehearse.providers.properties import refuse, required, text
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource

_KIND = "EcsInstance"


@dataclass(frozen=True, slots=True)
class EipAssociationProvider:
    """Publishes an instance."""

    world: LocalWorld

    async def create(self, wanted: Wanted) -> Made:
        """Associate. Raises ResourceFailed."""
        kind = text(wanted.properties, "InstanceType", _KIND)
        if kind != _KIND:
            raise ResourceFailed(f"its InstanceType '{kind}' is not rehearsed: only {_KIND} is")
        refuse(wanted.properties, ("PrivateIpAddress",), "an instance has one address")
        instance = find_instance(self.world, required(wanted.properties, "InstanceId"))
        allocation_id = required(wanted.properties, "AllocationId")
        if allocation_id not in self.world.eips:
            raise ResourceFailed(f"the EIP '{allocation_id}' does not exist")
        address = self.world.eips[allocation_id]
        with as_failure():
            await self.world.publish(instance, address)
        return Made(allocation_id, {"AllocationId": allocation_id, "EipAddress": address})

    async def delete(self, resource: StackResource) -> None:
        """Let the address lead nowhere."""
        address = self.world.eips.get(resource.physical_id)
        for instance in list(self.world.instances.values()):
            if address is not None and instance.public == address:
                with as_failure():
                    await self.world.withdraw(instance)
