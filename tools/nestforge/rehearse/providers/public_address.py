"""ALIYUN::VPC::EIP: an address that the internet can reach, once it is associated."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.evaluate.made import Made
from nestforge.rehearse.providers.failures import as_failure
from nestforge.rehearse.providers.properties import refuse, text
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource


@dataclass(frozen=True, slots=True)
class EipProvider:
    """Gives an address out."""

    world: LocalWorld

    async def create(self, wanted: Wanted) -> Made:
        """Give an address out. Raises ResourceFailed."""
        refuse(wanted.properties, ("IpAddress", "InstanceId"), "it cannot be chosen")
        with as_failure():
            address = self.world.take_public()
        allocation_id = f"eip-{secrets.token_hex(10)}"
        self.world.eips[allocation_id] = address
        isp = text(wanted.properties, "Isp", "BGP")
        attributes = {"AllocationId": allocation_id, "EipAddress": address, "Isp": isp, "OrderId": ""}
        return Made(allocation_id, attributes)

    async def delete(self, resource: StackResource) -> None:
        """Take it back. Raises ResourceFailed where it is still associated."""
        address = self.world.eips.get(resource.physical_id, "")
        for instance in self.world.instances.values():
            if address and instance.public == address:
                raise ResourceFailed(f"it is associated with {instance.instance_id}")
        self.world.eips.pop(resource.physical_id, None)
        self.world.free_public(address)
