"""Make instances of an order: all of them, or none."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nestforge.rehearse.providers.failures import as_failure
from nestforge.rehearse.providers.instance_order import read_order
from nestforge.rehearse.providers.scripts import Script, run_script

if TYPE_CHECKING:
    from nestforge.rehearse.instance import Instance
    from nestforge.rehearse.providers.instance_order import Ordered
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Wanted

_USER_DATA = "/var/lib/cloud/instance/scripts/part-001"
_A_DAY = 86400.0


async def make_instances(world: LocalWorld, wanted: Wanted, count: int) -> list[Instance]:
    """Return `count` instances. Raises ResourceFailed; then, or cancelled, none is left."""
    orders = [read_order(world, wanted, number) for number in range(count)]
    made: list[Instance] = []
    try:
        with as_failure():
            for order in orders:
                made.append(await _make_one(world, wanted, order))
    except BaseException:
        for instance in made:
            await world.remove_instance(instance.instance_id)
        raise
    return made


async def _make_one(world: LocalWorld, wanted: Wanted, order: Ordered) -> Instance:
    instance = await world.add_instance(order.instance)
    try:
        if order.public:
            await world.publish(instance, world.take_public())
    except BaseException:
        await world.remove_instance(instance.instance_id)
        raise
    wanted.tell(f"{instance.instance_id} is {order.instance.hostname} at {instance.address}")
    if order.instance.user_data:
        script = Script(_USER_DATA, order.instance.user_data, "/", _A_DAY)
        _begin(instance, world, script, wanted)
    return instance


def _begin(instance: Instance, world: LocalWorld, script: Script, wanted: Wanted) -> None:
    """Run the script of the first start, as cloud-init does: nothing waits for it, and nothing depends on it."""

    async def run() -> None:
        done = await run_script(world.folder, instance, f"{wanted.name}-user-data", script, wanted.tell)
        wanted.tell(f"the UserData of {instance.name} ended with exit code {done.returncode}")

    task = asyncio.create_task(run())
    instance.background.add(task)
    task.add_done_callback(instance.background.discard)
