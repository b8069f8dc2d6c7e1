"""ALIYUN::ECS::SecurityGroup, with the rules that it has from the start."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.evaluate.made import Made
from nestforge.rehearse.network.security_group import SecurityGroup
from nestforge.rehearse.providers.found import find_vpc
from nestforge.rehearse.providers.properties import maps, required, text
from nestforge.rehearse.providers.rules import readable_rule
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource

_TYPES = ("normal", "enterprise")


@dataclass(frozen=True, slots=True)
class SecurityGroupProvider:
    """Makes a group; its rules are the router's as soon as an instance is in it."""

    world: LocalWorld

    async def create(self, wanted: Wanted) -> Made:
        """Make a security group. Raises ResourceFailed."""
        vpc = find_vpc(self.world, required(wanted.properties, "VpcId"))
        kind = text(wanted.properties, "SecurityGroupType", "normal")
        if kind not in _TYPES:
            raise ResourceFailed(f"its SecurityGroupType is '{kind}', expected {' or '.join(_TYPES)}")
        group = SecurityGroup(f"sg-{secrets.token_hex(10)}", vpc.vpc_id, kind == "enterprise")
        inward = [readable_rule(self.world, e, "Source") for e in maps(wanted.properties, "SecurityGroupIngress")]
        outward = [readable_rule(self.world, e, "Dest") for e in maps(wanted.properties, "SecurityGroupEgress")]
        group.ingress[group.group_id], group.egress[group.group_id] = inward, outward
        self.world.groups[group.group_id] = group
        name = text(wanted.properties, "SecurityGroupName")
        return Made(group.group_id, {"SecurityGroupId": group.group_id, "SecurityGroupName": name})

    async def delete(self, resource: StackResource) -> None:
        """Remove it. Raises ResourceFailed where an instance is in it."""
        used = [i.instance_id for i in self.world.instances.values() if resource.physical_id in i.order.groups]
        if used:
            raise ResourceFailed(f"there are instances in it: {', '.join(used)}")
        self.world.groups.pop(resource.physical_id, None)
