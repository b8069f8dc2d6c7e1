"""Machines and networks for the tests of rehearsals: made once for each file of tests, and removed with it."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import TYPE_CHECKING, TypeVar

import pytest
from tests.programs import need_machines

from nestforge.rehearse.image import EcsImage
from nestforge.rehearse.instance import InstanceOrder
from nestforge.rehearse.network.router import PLAIN
from nestforge.rehearse.network.security_group import SecurityGroup
from nestforge.rehearse.network.vpc import VSwitch
from nestforge.rehearse.world import open_world

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

    from nestforge.rehearse.host import Finished, Vantage
    from nestforge.rehearse.instance import Instance
    from nestforge.rehearse.world import LocalWorld

T = TypeVar("T")

IMAGE = EcsImage("m-test", {"/etc/of-the-image": b"here\n"})


@dataclass(frozen=True, slots=True)
class Scene:
    """A world with a VPC, a vSwitch and a group in it, and the loop that it lives in."""

    world: LocalWorld
    vswitch: VSwitch
    runner: asyncio.Runner

    def do(self, work: Coroutine[object, object, T]) -> T:
        """Do something in the world."""
        return self.runner.run(work)

    def host(self, name: str, *groups: str, password: str = "") -> Instance:
        """Make an instance."""
        order = InstanceOrder(
            name=name,
            hostname=name,
            instance_type="ecs.test",
            image=IMAGE,
            region="cn-hangzhou",
            vswitch=self.vswitch,
            groups=groups,
            disk=20,
            mtu=PLAIN,
            password=password,
        )
        return self.do(self.world.add_instance(order))

    def group(self, group_id: str, *, enterprise: bool = False) -> SecurityGroup:
        """Make a security group without rules."""
        group = self.world.groups[group_id] = SecurityGroup(group_id, self.vswitch.vpc_id, enterprise)
        return group

    def shell(self, place: Vantage, script: str, timeout: float = 60) -> Finished:
        """Run a script somewhere."""
        return self.do(place.run(["bash", "-c", script], timeout=timeout))


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    need_machines()
    with asyncio.Runner() as runner:
        things = AsyncExitStack()
        folder = tmp_path_factory.mktemp("runs") / f"test-{id(runner)}"
        world = runner.run(things.enter_async_context(open_world(folder, lambda *_: IMAGE)))
        vpc = runner.run(world.add_vpc("vpc-test", "test", IPv4Network("192.168.0.0/16")))
        vswitch = VSwitch("vsw-test", vpc.vpc_id, IPv4Network("192.168.1.0/24"), "cn-hangzhou-b")
        vpc.vswitches[vswitch.vswitch_id] = vswitch
        try:
            yield Scene(world, vswitch, runner)
        finally:
            runner.run(things.aclose())
        assert world.leftovers() == []
