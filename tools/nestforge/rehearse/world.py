"""The world of a rehearsal on this machine: VPCs, instances and the internet, made of namespaces."""

from __future__ import annotations

import asyncio
import secrets
import zlib
from contextlib import asynccontextmanager
from ipaddress import IPv4Network
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.rehearse.instance import Instance, metadata_of
from nestforge.rehearse.namespaces.cgroups import Limits
from nestforge.rehearse.namespaces.errors import MachineFailed
from nestforge.rehearse.namespaces.layer import Identity
from nestforge.rehearse.namespaces.leftovers import leftovers
from nestforge.rehearse.namespaces.machine import LABEL, Blueprint, Machine
from nestforge.rehearse.namespaces.plan import IDS
from nestforge.rehearse.namespaces.requirements import need
from nestforge.rehearse.namespaces.run_folder import MACHINES, hold
from nestforge.rehearse.network.router import PLAIN, Router
from nestforge.rehearse.network.security_group import SecurityGroup
from nestforge.rehearse.network.services import ADDRESSES, Services
from nestforge.rehearse.network.vpc import Vpc, VSwitch
from nestforge.rehearse.place import NO_TOOLS, Place
from nestforge.rehearse.providers.table import local_providers
from nestforge.rehearse.standins.files import binds as binds_of_containers
from nestforge.sandbox.account import BUCKETS, REGION

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from nestforge.rehearse.host import Host, Vantage
    from nestforge.rehearse.image import EcsImage, ImageOf
    from nestforge.rehearse.instance import InstanceOrder
    from nestforge.rehearse.place import Tools
    from nestforge.sandbox.server import Sandbox
    from nestforge.sandbox.stacks.provider import Providers

    Equip = Callable[[EcsImage], Mapping[str, tuple[bytes, int]]]

PUBLIC = IPv4Network("203.0.113.0/24")
"""EIPs: addresses that documents use (RFC 5737), which nobody has."""

OUTSIDE = ("198.51.100.10", "198.51.100.20")
"""Addresses of the machine on the internet (RFC 5737): its own, and another for what only some may reach."""

_STORAGE_NAMES = tuple(f"{bucket}.oss-{REGION}-internal.aliyuncs.com" for bucket in BUCKETS.values())
_FIRST_OWNER, _OWNERS = 1 << 29, 1 << 13
"""Ids that systemd's documentation leaves to containers, in blocks of 65536."""

_TASKS = 8192
_SHARE = 0.45
"""How much of this machine's memory one host may take."""

_OTHERS = Limits(memory=1 << 30, tasks=512)
_OTHERS_DISK = 16
"""GiB, for machines that only look."""


def no_equipment(_: EcsImage) -> Mapping[str, tuple[bytes, int]]:
    """Put no stand-ins on a host."""
    return {}


class LocalWorld:
    """Everything that one rehearsal made; see `host.World`. All of it lies in `folder`, whose name is the run's id.

    `eips` are the addresses of allocations by their ids, `key_pairs` the public keys by their names.
    """

    def __init__(self, folder: Path, image_of: ImageOf, equip: Equip, tools: Tools) -> None:
        self.folder = folder
        self.image_of = image_of
        self.vpcs: dict[str, Vpc] = {}
        self.groups: dict[str, SecurityGroup] = {}
        self.instances: dict[str, Instance] = {}
        self.eips: dict[str, str] = {}
        self.key_pairs: dict[str, str] = {}
        self.services = Services(_STORAGE_NAMES)
        self._equip = equip
        self._tools = tools
        self._run_id = folder.name
        # Derived from the run's id, so that rehearsals side by side do not share ids.
        self._owner = _FIRST_OWNER + zlib.crc32(self._run_id.encode()) % _OWNERS * IDS
        self._lock = hold(folder)
        self._vpcs_made = 0
        self._outside = Place(
            "the internet", OUTSIDE[0], self._machine("internet", OUTSIDE[0], binds=tools.binds), tools
        )
        self._visitors: dict[str, Place] = {}
        self._public: set[str] = set()

    async def start(self) -> None:
        """Make the internet. Raises MachineFailed."""
        await self._outside.machine.start()
        lines = ["link set lo up", *(f"address add {address}/32 dev lo" for address in OUTSIDE)]
        await self._outside.machine.configure_network(lines)

    # What those who check it see

    def hosts(self) -> list[Host]:
        """Return the instances, in the order of their making."""
        return list(self.instances.values())

    def host(self, instance_id: str) -> Host:
        """Return an instance. Raises KeyError."""
        return self.instances[instance_id]

    def internet(self) -> Vantage:
        """Return a machine on the internet."""
        return self._outside

    async def visitor(self, vswitch_id: str) -> Vantage:
        """Return another machine on the vSwitch, always the same one. Raises KeyError, MachineFailed."""
        if vswitch_id not in self._visitors:
            vswitch = self.vswitch(vswitch_id)
            vpc = self.vpcs[vswitch.vpc_id]
            address = vswitch.take()
            group = SecurityGroup(f"sg-visitor-{vswitch_id}", vpc.vpc_id, enterprise=False)
            self.groups[group.group_id] = group
            machine = self._machine(f"visitor-{vswitch_id}", address, binds=self._tools.binds)
            place = Place(f"a visitor in {vswitch_id}", address, machine, self._tools)
            self._visitors[vswitch_id] = place
            await place.machine.start()
            await vpc.router.plug(
                place.machine, address, vswitch.network, (group.group_id,), mac=_hardware_address(), mtu=PLAIN
            )
        return self._visitors[vswitch_id]

    def cut(self, instance_id: str) -> None:
        """Take a host's link to its vSwitch down. Raises KeyError."""
        instance = self.instances[instance_id]
        self._router(instance).cut(instance.address)

    def heal(self, instance_id: str) -> None:
        """Take it up again. Raises KeyError."""
        instance = self.instances[instance_id]
        self._router(instance).heal(instance.address)

    async def close(self) -> None:
        """Remove everything. Safe to repeat."""
        await asyncio.gather(*map(self.remove_instance, list(self.instances)))
        for vpc_id in list(self.vpcs):
            await self.remove_vpc(vpc_id)
        await self._outside.machine.remove()
        if (machines := self.folder / MACHINES).exists():
            machines.rmdir()
        self._lock.close()

    def leftovers(self) -> list[str]:
        """Return what of this run is still there, as the kernel has it."""
        return leftovers(self.folder, self._run_id, LABEL, self._owner)

    @property
    def providers(self) -> Providers:
        """What makes a stack's resources in this world."""
        return local_providers(self)

    @asynccontextmanager
    async def reached_from_hosts(self, sandbox: Sandbox) -> AsyncIterator[None]:
        """Let hosts fetch what the sandbox stores, from the addresses that buckets have within the cloud."""
        await self.services.open_storage(sandbox.internal_storage)
        try:
            yield
        finally:
            await self.services.close_storage()

    # What providers make and remove

    async def add_vpc(self, vpc_id: str, name: str, network: IPv4Network) -> Vpc:
        """Make a VPC. Raises MachineFailed; then, or cancelled, nothing of it is left."""
        self._vpcs_made += 1
        vpc = Vpc(vpc_id, name, network, Router(self._vpcs_made, ADDRESSES, self.groups))
        self.vpcs[vpc_id] = vpc
        try:
            await vpc.router.start(network, self._outside.machine)
            await self.services.open(vpc.router, lambda address: self._metadata(vpc, address))
        except BaseException:
            await self.remove_vpc(vpc_id)
            raise
        return vpc

    async def remove_vpc(self, vpc_id: str) -> None:
        """Remove a VPC and its vSwitches; instances have gone before."""
        vpc = self.vpcs.get(vpc_id)
        if vpc is not None:
            for vswitch_id in list(vpc.vswitches):
                await self.remove_vswitch(vswitch_id)
            del self.vpcs[vpc_id]
            await self.services.close(vpc.router)
            vpc.router.close()

    def vswitch(self, vswitch_id: str) -> VSwitch:
        """Return a vSwitch. Raises KeyError."""
        for vpc in self.vpcs.values():
            if vswitch_id in vpc.vswitches:
                return vpc.vswitches[vswitch_id]
        raise KeyError(vswitch_id)

    async def remove_vswitch(self, vswitch_id: str) -> None:
        """Remove a vSwitch, and the visitor in it."""
        vpc = self.vpcs[self.vswitch(vswitch_id).vpc_id]
        visitor = self._visitors.pop(vswitch_id, None)
        if visitor is not None:
            await vpc.router.unplug(visitor.address)
            await visitor.machine.remove()
            del self.groups[f"sg-visitor-{vswitch_id}"]
        del vpc.vswitches[vswitch_id]

    async def add_instance(self, order: InstanceOrder) -> Instance:
        """Make an instance and start it. Raises MachineFailed; then, or cancelled, nothing of it is left."""
        instance_id = f"i-{secrets.token_hex(10)}"
        address = order.vswitch.take(order.private_address)
        files = {path: (content, 0o644) for path, content in order.image.files.items()}
        files |= self._equip(order.image)
        if order.public_key:
            files["/root/.ssh/authorized_keys"] = (f"{order.public_key.strip()}\n".encode(), 0o600)
        identity = Identity(order.hostname, address, order.password, self.services.names)
        binds = {**order.image.binds, **binds_of_containers(order.image)}
        machine = self._machine(instance_id, address, identity, files, binds, order.disk, _host_limits())
        instance = Instance(instance_id, order, address, _hardware_address(), f"eni-{secrets.token_hex(10)}", machine)
        self.instances[instance_id] = instance
        try:
            await machine.start()
            await self._router(instance).plug(
                machine, address, order.vswitch.network, order.groups, mac=instance.mac, mtu=order.mtu
            )
            await instance.start_services()
        except BaseException:
            await self.remove_instance(instance_id)
            raise
        return instance

    async def remove_instance(self, instance_id: str) -> None:
        """Remove an instance; its public address is free again where it came with the instance."""
        instance = self.instances.pop(instance_id, None)
        if instance is not None:
            await instance.give_up_background()
            await self._router(instance).withdraw(instance.address, self._outside.machine)
            await self._router(instance).unplug(instance.address)
            await instance.machine.remove()
            instance.order.vswitch.taken.discard(instance.address)
            if instance.public not in self.eips.values():
                self.free_public(instance.public)

    def take_public(self) -> str:
        """Return a free public address. Raises MachineFailed."""
        for number in PUBLIC.hosts():
            if str(number) not in self._public:
                self._public.add(str(number))
                return str(number)
        raise MachineFailed(f"no address of {PUBLIC} is free")

    def free_public(self, address: str) -> None:
        """Take a public address back."""
        self._public.discard(address)

    async def publish(self, instance: Instance, public: str) -> None:
        """Let a public address lead to an instance. Raises MachineFailed; then, or cancelled, it leads nowhere."""
        if instance.public:
            raise MachineFailed(f"{instance.instance_id} has the public address {instance.public} already")
        instance.public = public
        publishing = asyncio.ensure_future(
            self._router(instance).publish(instance.address, public, self._outside.machine)
        )
        try:
            await asyncio.shield(publishing)
        except BaseException:
            await asyncio.gather(publishing, return_exceptions=True)  # to be half-way is nothing that can be undone
            await self.withdraw(instance)
            raise

    async def withdraw(self, instance: Instance) -> None:
        """Let the public address of an instance lead nowhere."""
        instance.public = ""
        await self._router(instance).withdraw(instance.address, self._outside.machine)

    async def apply_groups(self) -> None:
        """Let the rules of all security groups hold as they are now."""
        for vpc in self.vpcs.values():
            await vpc.router.apply()

    def _router(self, instance: Instance) -> Router:
        return self.vpcs[instance.order.vswitch.vpc_id].router

    def _metadata(self, vpc: Vpc, address: str) -> Mapping[str, object] | None:
        for instance in self.instances.values():
            if instance.address == address and instance.order.vswitch.vpc_id == vpc.vpc_id:
                return metadata_of(instance, vpc.vpc_id, str(vpc.network))
        return None

    def _machine(
        self,
        name: str,
        address: str,
        identity: Identity | None = None,
        files: Mapping[str, tuple[bytes, int]] = {},
        binds: Mapping[str, Path] = {},
        disk: int = _OTHERS_DISK,
        limits: Limits = _OTHERS,
    ) -> Machine:
        bundles = {path: (content, 0o644) for path, content in self.services.bundles.items()}
        plan = Blueprint(
            run_id=self._run_id,
            who=identity or Identity(name, address),
            owner=self._owner,
            disk=disk,
            limits=limits,
            files={**bundles, **files},
            binds=binds,
        )
        return Machine(self.folder / MACHINES / name, plan)


@asynccontextmanager
async def open_world(
    folder: Path, image_of: ImageOf, equip: Equip = no_equipment, tools: Tools = NO_TOOLS
) -> AsyncIterator[LocalWorld]:
    """Give a world; at the end everything of it is removed, but for the output of commands.

    `tools` are those of the machines that only look: the visitors and the one on the internet.

    Raises CannotRehearse, MachineFailed.
    """
    need()
    world = LocalWorld(folder.absolute(), image_of, equip, tools)
    try:
        await world.start()
        yield world
    finally:
        await asyncio.shield(world.close())


def _host_limits() -> Limits:
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    total = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemTotal:"))
    return Limits(memory=int(total * _SHARE), tasks=_TASKS)


def _hardware_address() -> str:
    """Return an address of the range that the cloud's interfaces have."""
    return ":".join(["00", "16", "3e", *(f"{byte:02x}" for byte in secrets.token_bytes(3))])
