"""Machines and networks for the tests of rehearsals: made once for each file of tests, and removed with it."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AsyncExitStack
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import TYPE_CHECKING, TypeVar

import pytest
from aiohttp import web
from tests.programs import need_machines

from nestforge.rehearse.image import EcsImage
from nestforge.rehearse.instance import InstanceOrder
from nestforge.rehearse.network.router import PLAIN
from nestforge.rehearse.network.security_group import SecurityGroup
from nestforge.rehearse.network.vpc import VSwitch
from nestforge.rehearse.world import open_world
from nestforge.sandbox.account import ACCESS_KEY_ID, ACCESS_KEY_SECRET, ADDRESS
from nestforge.sandbox.server import Sandbox
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from nestforge.rehearse.host import Finished, Vantage
    from nestforge.rehearse.instance import Instance
    from nestforge.rehearse.world import LocalWorld

T = TypeVar("T")

IMAGE = EcsImage("m-test", {"/etc/of-the-image": b"here\n"})


def image_of(image_id: str, instance_type: str) -> EcsImage:
    if image_id != IMAGE.image_id or instance_type != "ecs.test":
        raise ResourceFailed(f"no image {image_id} for {instance_type}")
    return IMAGE


def order(name: str, vswitch: VSwitch, groups: tuple[str, ...], password: str = "") -> InstanceOrder:
    return InstanceOrder(
        name=name,
        hostname=name,
        instance_type="ecs.test",
        image=IMAGE,
        region="cn-hangzhou",
        vswitch=vswitch,
        groups=groups,
        disk=20,
        mtu=PLAIN,
        password=password,
    )


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
        return self.do(self.world.add_instance(order(name, self.vswitch, groups, password)))

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
        world = runner.run(things.enter_async_context(open_world(folder, image_of)))
        vpc = runner.run(world.add_vpc("vpc-test", "test", IPv4Network("192.168.0.0/16")))
        vswitch = VSwitch("vsw-test", vpc.vpc_id, IPv4Network("192.168.1.0/24"), "cn-hangzhou-b")
        vpc.vswitches[vswitch.vswitch_id] = vswitch
        try:
            yield Scene(world, vswitch, runner)
        finally:
            runner.run(things.aclose())
        assert world.leftovers() == []


@dataclass(frozen=True, slots=True)
class CloudInScene:
    """A sandbox that makes its stacks in a scene's world, in its loop; the official SDKs speak to it in threads."""

    sandbox: Sandbox
    scene: Scene
    endpoint: str
    access_key_id: str = ACCESS_KEY_ID
    access_key_secret: str = ACCESS_KEY_SECRET

    def call(self, work: Callable[[], T]) -> T:
        """Do what waits for the sandbox, in a thread."""
        return self.scene.do(asyncio.to_thread(work))

    def settled(self, stack_id: str) -> str:
        """Return the state of a stack when nothing is being done to it any more."""

        async def wait() -> str:
            while (stack := self.sandbox.engine.stacks.stack(stack_id)) and stack.status.endswith("_IN_PROGRESS"):
                await asyncio.sleep(0.05)
            return stack.status if stack else ""

        return self.scene.do(wait())


@pytest.fixture(scope="module")
def cloud(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CloudInScene]:
    things = AsyncExitStack()

    async def start() -> CloudInScene:
        sandbox = Sandbox(tmp_path_factory.mktemp("cloud") / "state", providers=scene.world.providers)
        await things.enter_async_context(scene.world.reached_from_hosts(sandbox))
        runner = web.AppRunner(sandbox.application(), access_log=None, max_line_size=1 << 23, shutdown_timeout=0.1)
        await runner.setup()
        things.push_async_callback(runner.cleanup)
        listener = socket.create_server((ADDRESS, 0))
        await web.SockSite(runner, listener).start()
        return CloudInScene(sandbox, scene, f"{ADDRESS}:{listener.getsockname()[1]}")

    found = scene.do(start())
    yield found
    scene.do(things.aclose())
    found.sandbox.store.close()
