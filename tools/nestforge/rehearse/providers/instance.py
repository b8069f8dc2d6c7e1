"""ALIYUN::ECS::Instance: one host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.evaluate.made import Made
from nestforge.rehearse.providers.make_instances import make_instances

if TYPE_CHECKING:
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource


@dataclass(frozen=True, slots=True)
class InstanceProvider:
    """Makes one host."""

    world: LocalWorld

    async def create(self, wanted: Wanted) -> Made:
        """Make the instance. Raises ResourceFailed; then, or cancelled, nothing of it is left."""
        [instance] = await make_instances(self.world, wanted, 1)
        return Made(
            instance.instance_id,
            {
                "InstanceId": instance.instance_id,
                "PrivateIp": instance.address,
                "PublicIp": instance.public,
                "InnerIp": "",
                "HostName": instance.order.hostname,
                "ZoneId": instance.order.vswitch.zone,
                "SecurityGroupIds": list(instance.order.groups),
                "PrimaryNetworkInterfaceId": instance.interface_id,
            },
        )

    async def delete(self, resource: StackResource) -> None:
        """Remove the instance."""
        await self.world.remove_instance(resource.physical_id)
