"""An instance: a machine, and what the cloud knows of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nestforge.rehearse.host import NO_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nestforge.rehearse.host import Finished
    from nestforge.rehearse.image import EcsImage
    from nestforge.rehearse.namespaces.machine import Machine
    from nestforge.rehearse.network.vpc import VSwitch

BOOT = "/run/nestforge/boot"
"""The stand-in that starts what is enabled, as the first process of a real host does; run at each start."""


@dataclass(frozen=True, slots=True)
class InstanceOrder:
    """What an instance is to be. `disk` is in GiB, `mtu` in bytes; `private_address` may be left open."""

    name: str
    hostname: str
    instance_type: str
    image: EcsImage
    region: str
    vswitch: VSwitch
    groups: tuple[str, ...]
    disk: int
    mtu: int
    password: str = ""
    user_data: str = ""
    public_key: str = ""
    private_address: str = ""


@dataclass(slots=True)
class Instance:
    """A running instance; a `Host` to those who check it."""

    instance_id: str
    order: InstanceOrder
    address: str
    mac: str
    interface_id: str
    machine: Machine
    public: str = ""
    background: set[asyncio.Task[Any]] = field(default_factory=set)

    @property
    def name(self) -> str:
        """What to call it in a report."""
        return self.order.name

    @property
    def root(self) -> Path:
        """Its file system, seen from outside; see `Machine.root`."""
        return self.machine.root

    async def run(
        self,
        command: list[str],
        *,
        input: str = "",
        timeout: float = 60,
        environment: Mapping[str, str] = NO_VARIABLES,
    ) -> Finished:
        """Run a command as its root; see `host.Vantage.run`."""
        return await self.machine.run(command, input=input, timeout=timeout, environment=environment)

    async def start_services(self) -> Finished:
        """Start what is enabled, as far as the image has a stand-in for what starts it."""
        return await self.run(["/bin/sh", "-c", f"[ ! -x {BOOT} ] || exec {BOOT}"], timeout=300)

    async def reboot(self) -> None:
        """Kill all its processes, and start again what it starts at boot."""
        await self.machine.reboot()
        await self.start_services()

    async def processes(self) -> list[tuple[int, str]]:
        """Return its processes: ids as it sees them, and command lines."""
        return await asyncio.to_thread(self.machine.processes)

    async def give_up_background(self) -> None:
        """End what runs for it without anybody waiting."""
        for task in self.background:
            task.cancel()
        await asyncio.gather(*self.background, return_exceptions=True)


def metadata_of(instance: Instance, vpc_id: str, vpc_range: str) -> dict[str, object]:
    """Return what the metadata server says of an instance, by the names of its documentation."""
    order, network = instance.order, instance.order.vswitch.network
    own = {
        "network-interface-id": instance.interface_id,
        "netmask": str(network.netmask),
        "primary-ip-address": instance.address,
        "private-ipv4s": f'["{instance.address}"]',
        "vpc-id": vpc_id,
        "vpc-cidr-block": vpc_range,
        "vswitch-id": order.vswitch.vswitch_id,
        "vswitch-cidr-block": str(network),
        "gateway": str(network.broadcast_address - 2),
    }
    items: dict[str, object] = {
        "hostname": order.hostname,
        "image-id": order.image.image_id,
        "instance-id": instance.instance_id,
        "instance": {"instance-type": order.instance_type, "instance-name": order.name},
        "mac": instance.mac,
        "network-type": "vpc",
        "network": {"interfaces": {"macs": {instance.mac: own}}},
        "private-ipv4": instance.address,
        "region-id": order.region,
        "zone-id": order.vswitch.zone,
        "vpc-id": vpc_id,
        "vpc-cidr-block": vpc_range,
        "vswitch-id": order.vswitch.vswitch_id,
        "vswitch-cidr-block": str(network),
    }
    if instance.public:
        items["eipv4"] = instance.public
    found: dict[str, object] = {"meta-data": items}
    if order.user_data:
        found["user-data"] = order.user_data
    return found
