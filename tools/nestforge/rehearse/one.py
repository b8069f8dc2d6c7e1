"""One deployment: order it as a buyer would, look at it, delete it, and see that nothing is left."""

from __future__ import annotations

import asyncio
import secrets
import string
import threading
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from nestforge.cloud.access import sandbox_access
from nestforge.cloud.deployments import Order
from nestforge.cloud.errors import CloudRefused
from nestforge.cloud.sdk_cloud import open_cloud
from nestforge.model.service import Target
from nestforge.publish.deploy import follow
from nestforge.publish.publish import publish
from nestforge.rehearse.checks.check import INTERNET, VPC, Deployment, Secret
from nestforge.rehearse.checks.table import CHECKS
from nestforge.rehearse.facts import addresses, steps
from nestforge.rehearse.faults.strike import Strike, outcome
from nestforge.rehearse.opened import openings
from nestforge.rehearse.result import DEPLOYED, FAILED, REFUSED, Checked, Measured, Rehearsed
from nestforge.sandbox.account import ACCESS_KEY_ID, ACCESS_KEY_SECRET, ADDRESS
from nestforge.sandbox.server import Sandbox
from nestforge.sandbox.serving import serving
from nestforge.sandbox.stacks.artifacts import image_id
from nestforge.sandbox.stacks.provider import Wanted
from nestforge.sandbox.stacks.records import StackResource

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Callable, Mapping
    from pathlib import Path

    from nestforge.cloud.cloud import Cloud
    from nestforge.cloud.deployments import ServiceInstance
    from nestforge.evaluate.data import Data
    from nestforge.model.rehearsal import PlannedFault, RehearsalPlan, Scalar
    from nestforge.publish.deploy import Event
    from nestforge.publish.desired import Desired
    from nestforge.publish.publish import Published
    from nestforge.rehearse.checks.check import Check, Observation
    from nestforge.rehearse.combinations import Combination
    from nestforge.rehearse.local_world import LocalWorld, Stage
    from nestforge.rehearse.result import Step

T = TypeVar("T")

EXISTING = {"ALIYUN::ECS::VPC": "172.20.0.0/16", "ALIYUN::ECS::VSwitch": "172.20.8.0/24"}
"""The network that was there before, by type: ranges that are not those of the form."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is rehearsed: a package in a region, with one choice of each factor; its traces go to `folder`."""

    package: Desired
    region: str
    plan: RehearsalPlan
    combination: Combination
    folder: Path
    fault: PlannedFault | None = None
    checks: tuple[Check, ...] = CHECKS

    def values(self, known: Mapping[str, str]) -> dict[str, Scalar]:
        """Return the parameters of the order; `known` has what stands for the values that begin with `$`."""
        wrong = self.fault.parameters if self.fault else {}
        asked = {**self.plan.parameters, **self.combination.parameters, **wrong}
        return {name: known.get(str(value), value) for name, value in asked.items()}


async def rehearse_one(job: Job, stage: Stage, listener: socket.socket, tell: Callable[[Event], None]) -> Rehearsed:
    """Deploy, check and delete. The sandbox answers at `listener` meanwhile, `tell` hears what happens.

    Raises what the cloud raises when the package cannot be published or ordered.
    """
    async with stage.open_world(job.folder) as world:
        strike = Strike(job.fault, world) if job.fault else None
        providers = strike.noticed_by(world.providers) if strike else world.providers
        sandbox = Sandbox(job.folder / "cloud", providers=providers)
        async with serving(sandbox, listener), world.reached_from_hosts(sandbox):
            endpoint = f"{ADDRESS}:{listener.getsockname()[1]}"
            target = Target("sandbox", "sandbox", job.region)
            cloud = open_cloud(
                sandbox_access(target, endpoint, ACCESS_KEY_ID, ACCESS_KEY_SECRET), time.sleep, lambda _: None
            )
            async with _network(job, world) as network:
                done = await _Deploying(job, stage, world, strike, sandbox, cloud, tell).rehearsed(network)
    return replace(done, left=(*done.left, *world.leftovers()))


class _GivenUp(Exception):
    """Ends work in a thread that nobody waits for any more."""


class _Deploying:
    def __init__(
        self,
        job: Job,
        stage: Stage,
        world: LocalWorld,
        strike: Strike | None,
        sandbox: Sandbox,
        cloud: Cloud,
        tell: Callable[[Event], None],
    ) -> None:
        self.job = job
        self.stage = stage
        self.world = world
        self.strike = strike
        self.store = sandbox.store
        self.stacks = sandbox.engine.stacks
        self.cloud = cloud
        self.tell = tell

    async def rehearsed(self, network: Mapping[str, str]) -> Rehearsed:
        """Return what came of it; the addresses of `network` are those that were there before."""
        published = await _aside(self._publish)
        for artifact in self.store.artifacts():
            self.stage.artifacts[image_id(artifact, self.job.region)] = str(artifact.fields["Name"])
        password = fresh_password()
        known = {"$password": password, "$internet": f"{self.world.internet().address}/32", **network}
        values = self.job.values(known)
        order = Order(published.service_id, published.version, None, "rehearsal", values)
        begun = time.monotonic()
        try:
            instance_id = await _aside(lambda _: self.cloud.deployments.create_instance(order, secrets.token_hex(16)))
        except CloudRefused as refusal:
            return self._refused(refusal, time.monotonic() - begun)
        instance = await self._followed(instance_id, self.tell)
        seconds = time.monotonic() - begun
        made = steps(self.stacks.events(instance.stack_id))
        checks: list[Checked] = []
        measured = Measured()
        if self.strike is not None:
            await self.strike.end()
            hosts = [host.name for host in self.world.hosts()]
            checks.append(outcome(self.strike, instance.status, instance.detail, made, seconds, hosts))
        if instance.status == DEPLOYED:
            deployment = await self._deployment(instance, password)
            measured = await self.stage.measure(deployment)
            checks += [await _made(check, deployment) for check in self.job.checks]
        self.stage.look_at(self.world.hosts())
        left = await self._deleted(instance_id)
        done = self._result(instance.status, instance.detail, seconds, made, checks, left)
        return replace(done, measured=measured)

    def _refused(self, refusal: CloudRefused, seconds: float) -> Rehearsed:
        strike = self.strike
        checks = [outcome(strike, REFUSED, refusal.message, (), seconds, [])] if strike is not None else []
        return self._result(REFUSED, refusal.message, seconds, (), checks, ())

    def _result(
        self,
        status: str,
        detail: str,
        seconds: float,
        made: tuple[Step, ...],
        checks: list[Checked],
        left: tuple[str, ...],
    ) -> Rehearsed:
        job, fault = self.job, self.job.fault
        name = f"{fault.name} ({job.combination.name})" if fault else job.combination.name
        expected = status if fault and fault.expect and status in (FAILED, REFUSED) else DEPLOYED
        return Rehearsed(
            name, job.combination.choices, status, detail, seconds, made, tuple(checks), left, expected=expected
        )

    def _publish(self, wait: Callable[[float], None]) -> Published:
        return publish(
            self.job.package,
            self.cloud,
            attempt=secrets.token_hex(8),
            confirm=lambda _: False,
            say=lambda _: None,
            wait=wait,
        )

    async def _followed(self, instance_id: str, tell: Callable[[Event], None]) -> ServiceInstance:
        return await _aside(lambda wait: follow(self.cloud, instance_id, tell, wait))

    async def _deployment(self, instance: ServiceInstance, password: str) -> Deployment:
        world, plan, stack_id = self.world, self.job.plan, instance.stack_id
        resources = self.stacks.resources(stack_id)
        switch = next(str(each.properties["VSwitchId"]) for each in resources if "VSwitchId" in each.properties)
        return Deployment(
            plan=plan,
            sides={VPC: await world.visitor(switch), INTERNET: world.internet()},
            hosts=tuple(world.hosts()),
            outputs=instance.outputs,
            addresses=addresses(world, resources),
            openings=openings((each.type, each.properties) for each in resources),
            secrets=(Secret("the API key", str(instance.outputs[plan.key])), Secret("the password", password)),
            events=lambda: self.stacks.events(stack_id),
            log=lambda: self.stacks.log(stack_id),
        )

    def _tell_of_deletion(self, event: Event) -> None:
        if event.phase == "delete":  # the others were told before
            self.tell(event)

    async def _deleted(self, instance_id: str) -> tuple[str, ...]:
        """Delete the service instance; return what of it is still there."""
        await _aside(lambda _: self.cloud.deployments.delete_instance(instance_id, secrets.token_hex(16)))
        instance = await self._followed(instance_id, self._tell_of_deletion)
        left = [f"the host {host.name}" for host in self.world.hosts()]
        if instance.status != "Deleted":
            left.append(f"the service instance is {instance.status}: {instance.detail}")
        return tuple(left)


async def _made(check: Check, deployment: Deployment) -> Checked:
    """Make a check; one that cannot be made has failed, and says why."""
    title = (check.__doc__ or check.__name__).splitlines()[0]
    begun, problem = time.monotonic(), ""
    observations: tuple[Observation, ...] = ()
    try:
        observations = tuple(await check(deployment))
    except Exception as error:  # whatever it was: the others are still worth making
        problem = deployment.masked(f"{type(error).__name__}: {error}")
    return Checked(check.__name__, title, time.monotonic() - begun, observations, problem)


@asynccontextmanager
async def _network(job: Job, world: LocalWorld) -> AsyncIterator[dict[str, str]]:
    """Have a VPC with a vSwitch that no stack made, for as long as the deployment lasts; give their ids."""
    made: list[StackResource] = []
    try:
        for type, block in EXISTING.items():
            provider = world.providers.by_type[type]
            properties: dict[str, Data] = {"CidrBlock": block, "ZoneId": str(job.plan.parameters.get("ZoneId", ""))}
            properties |= {"VpcId": made[0].physical_id} if made else {}
            wanted = Wanted("before", "before", job.region, type, type, properties, lambda: list(made), lambda _: None)
            thing = await provider.create(wanted)
            made.append(
                StackResource(
                    "before", type, type, (), False, "", "", "", "", {}, thing.physical_id, dict(thing.attributes)
                )
            )
        yield {"$vpc": made[0].physical_id, "$vswitch": made[1].physical_id}
    finally:
        for resource in reversed(made):
            await world.providers.by_type[resource.type].delete(resource)


async def _aside(work: Callable[[Callable[[float], None]], T]) -> T:
    """Do blocking work in a thread. `work` is given how to wait; cancelled, the wait ends the work."""
    ended = threading.Event()

    def wait(seconds: float) -> None:
        if ended.wait(seconds):
            raise _GivenUp

    try:
        return await asyncio.to_thread(work, wait)
    except asyncio.CancelledError:
        ended.set()
        raise


def fresh_password() -> str:
    """Return a password that ECS takes: letters of both cases, digits and a sign."""
    letters = "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(20))
    return f"{letters}aA9-"
