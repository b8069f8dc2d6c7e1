"""ALIYUN::ECS::InstanceGroup: hosts, as many as it says."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.evaluate.made import Made
from nestforge.rehearse.providers.make_instances import make_instances
from nestforge.rehearse.providers.properties import refuse, required, whole
from nestforge.sandbox.paper.instances import MOST

if TYPE_CHECKING:
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource


@dataclass(frozen=True, slots=True)
class InstanceGroupProvider:
    """Makes as many hosts as `MaxAmount` says."""

    world: LocalWorld

    async def create(self, wanted: Wanted) -> Made:
        """Make the instances. Raises ResourceFailed; then, or cancelled, none is left."""
        required(wanted.properties, "MaxAmount")
        count = whole(wanted.properties, "MaxAmount", 1, 0, MOST)
        refuse(wanted.properties, ("LaunchTemplateId", "LaunchTemplateName"), "there are no launch templates")
        made = await make_instances(self.world, wanted, count)
        return Made(
            f"group-{secrets.token_hex(10)}",
            {
                "InstanceIds": [instance.instance_id for instance in made],
                "PrivateIps": [instance.address for instance in made],
                "PublicIps": [instance.public for instance in made if instance.public],
                "InnerIps": [],
                "HostNames": [instance.order.hostname for instance in made],
                "ZoneIds": [instance.order.vswitch.zone for instance in made],
                "Ipv6AddressIds": [],
                "Ipv6Addresses": [],
                "OrderId": "",
                "RelationId": "",
            },
        )

    async def delete(self, resource: StackResource) -> None:
        """Remove the instances."""
        found = resource.attributes.get("InstanceIds", [])
        if isinstance(found, list):
            await asyncio.gather(*(self.world.remove_instance(str(instance_id)) for instance_id in found))
