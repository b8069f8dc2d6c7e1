"""Look up what properties name: it must be there, made by this stack or an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from nestforge.rehearse.instance import Instance
    from nestforge.rehearse.network.security_group import SecurityGroup
    from nestforge.rehearse.network.vpc import Vpc, VSwitch
    from nestforge.rehearse.world import LocalWorld

_MADE_BEFORE = "what exists already must have been made here, by an earlier stack"


def find_vpc(world: LocalWorld, vpc_id: str) -> Vpc:
    """Return a VPC. Raises ResourceFailed."""
    if vpc_id not in world.vpcs:
        raise ResourceFailed(f"the VPC '{vpc_id}' does not exist: {_MADE_BEFORE}")
    return world.vpcs[vpc_id]


def find_vswitch(world: LocalWorld, vswitch_id: str, vpc_id: str = "") -> VSwitch:
    """Return a vSwitch, which must be of the VPC where that is given. Raises ResourceFailed."""
    try:
        found = world.vswitch(vswitch_id)
    except KeyError:
        raise ResourceFailed(f"the vSwitch '{vswitch_id}' does not exist: {_MADE_BEFORE}") from None
    if vpc_id and found.vpc_id != vpc_id:
        raise ResourceFailed(f"the vSwitch '{vswitch_id}' is of {found.vpc_id}, not of {vpc_id}")
    return found


def find_group(world: LocalWorld, group_id: str, vpc_id: str = "") -> SecurityGroup:
    """Return a security group, which must be of the VPC where that is given. Raises ResourceFailed."""
    if group_id not in world.groups:
        raise ResourceFailed(f"the security group '{group_id}' does not exist: {_MADE_BEFORE}")
    found = world.groups[group_id]
    if vpc_id and found.vpc_id != vpc_id:
        raise ResourceFailed(f"the security group '{group_id}' is of {found.vpc_id}, not of {vpc_id}")
    return found


def find_instance(world: LocalWorld, instance_id: str) -> Instance:
    """Return an instance. Raises ResourceFailed."""
    if instance_id not in world.instances:
        raise ResourceFailed(f"the instance '{instance_id}' does not exist")
    return world.instances[instance_id]
