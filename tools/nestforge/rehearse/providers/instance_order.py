"""Read what an instance is to be: the properties that ALIYUN::ECS::Instance and InstanceGroup have in common."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.rehearse.instance import InstanceOrder
from nestforge.rehearse.network.router import JUMBO, PLAIN
from nestforge.rehearse.providers.found import find_group, find_vswitch
from nestforge.rehearse.providers.properties import flag, maps, required, text, texts, whole
from nestforge.sandbox.paper.instances import counted
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.evaluate.data import Data
    from nestforge.rehearse.network.vpc import VSwitch
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Wanted

_DISK, _SMALLEST_DISK, _LARGEST_DISK = 40, 1, 32768
"""GiB of a system disk: without an order, and the limits of its categories."""

_FASTEST = 1000
"""Mbit/s of an instance to the internet; what is asked for is not throttled here."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """An instance as it is ordered, and whether a public address comes with it."""

    instance: InstanceOrder
    public: bool


def read_order(world: LocalWorld, wanted: Wanted, number: int) -> Ordered:
    """Return the order of the `number`-th instance, from 0. Raises ResourceFailed."""
    properties = wanted.properties
    vpc_id = text(properties, "VpcId")
    vswitch = find_vswitch(world, required(properties, "VSwitchId"), vpc_id)
    zone = text(properties, "ZoneId")
    if zone and vswitch.zone and zone != vswitch.zone:
        raise ResourceFailed(f"its ZoneId is {zone}, and its vSwitch is in {vswitch.zone}")
    image = world.image_of(required(properties, "ImageId"), required(properties, "InstanceType"))
    name = counted(text(properties, "InstanceName") or wanted.name, number)
    host_name = text(properties, "HostName")
    order = InstanceOrder(
        name=name,
        # Without an order the cloud makes one up of this form.
        hostname=counted(host_name, number) if host_name else f"iZ{secrets.token_hex(9)}Z",
        instance_type=required(properties, "InstanceType"),
        image=image,
        region=wanted.region,
        vswitch=vswitch,
        groups=_groups(world, properties, vswitch),
        disk=whole(properties, "SystemDiskSize", _DISK, _SMALLEST_DISK, _LARGEST_DISK),
        mtu=JUMBO if _wants_jumbo(properties) else PLAIN,
        password=text(properties, "Password"),
        user_data=_user_data(properties),
        public_key=_public_key(world, wanted),
        private_address=text(properties, "PrivateIpAddress"),
    )
    _tell_differences(wanted)
    return Ordered(order, _has_public_address(properties))


def _groups(world: LocalWorld, properties: Mapping[str, Data], vswitch: VSwitch) -> tuple[str, ...]:
    one, several = text(properties, "SecurityGroupId"), texts(properties, "SecurityGroupIds")
    names = [one] if one else several
    if not names or (one and several):
        raise ResourceFailed("it needs either SecurityGroupId or SecurityGroupIds")
    return tuple(find_group(world, name, vswitch.vpc_id).group_id for name in names)


def _wants_jumbo(properties: Mapping[str, Data]) -> bool:
    options = properties.get("NetworkOptions")
    return isinstance(options, dict) and flag(options, "EnableJumboFrame", default=False)


def _user_data(properties: Mapping[str, Data]) -> str:
    """Return a script for the first start; other forms that cloud-init takes are refused."""
    found = text(properties, "UserData")
    if found and not found.startswith("#!"):
        raise ResourceFailed("its UserData is not rehearsed: only scripts that begin with #! are")
    return found


def _public_key(world: LocalWorld, wanted: Wanted) -> str:
    name = text(wanted.properties, "KeyPairName")
    if name and name not in world.key_pairs:
        wanted.tell(f"the key pair '{name}' was not made here: it is taken to exist, and opens nothing")
    return world.key_pairs.get(name, "")


def _has_public_address(properties: Mapping[str, Data]) -> bool:
    bandwidth = whole(properties, "InternetMaxBandwidthOut", 0, 0, _FASTEST)
    return bandwidth > 0 and flag(properties, "AllocatePublicIP", default=True)


def _tell_differences(wanted: Wanted) -> None:
    """Say in the log what the instance lacks."""
    further = maps(wanted.properties, "EniMappings")
    if further:
        wanted.tell(f"{len(further)} further network interfaces are accepted, and not made")
    disks = maps(wanted.properties, "DiskMappings")
    if disks:
        wanted.tell(f"{len(disks)} data disks are accepted, and not made")
    if role := text(wanted.properties, "RamRoleName"):
        wanted.tell(f"the role {role} is accepted, and gives no credentials")
