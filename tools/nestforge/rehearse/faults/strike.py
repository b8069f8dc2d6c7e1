"""A planned fault is done when it is due, and its outcome is looked at."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nestforge.rehearse.checks.check import Observation
from nestforge.rehearse.faults.fault import CannotStrike
from nestforge.rehearse.faults.table import FAULTS
from nestforge.rehearse.result import DEPLOYED, FAILED, REFUSED, Checked
from nestforge.sandbox.stacks.provider import Providers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nestforge.evaluate.made import Made
    from nestforge.model.rehearsal import PlannedFault
    from nestforge.rehearse.host import World
    from nestforge.rehearse.result import Step
    from nestforge.sandbox.stacks.provider import Provider, Wanted
    from nestforge.sandbox.stacks.records import StackResource


class Strike:
    """A planned fault in a world: done when it is due, by whoever makes the resource that it waits for."""

    def __init__(self, fault: PlannedFault, world: World) -> None:
        self.problem = "it was not due before the deployment was over" if fault.do else ""
        """Why the fault was not done; nothing once it was."""
        self.fault = fault
        self._world = world
        self._doing: asyncio.Task[None] | None = None

    def noticed_by(self, providers: Providers) -> Providers:
        """Return the same providers, which see when the fault is due."""
        return Providers({name: _Noticing(made, self) for name, made in providers.by_type.items()}, providers.note)

    async def strike(self) -> None:
        """Do it."""
        self.problem = "it was not done to the end before the deployment was over"
        try:
            host = next((host for host in self._world.hosts() if host.name.endswith(self.fault.host)), None)
            if host is None:
                raise CannotStrike(f"there is no host whose name ends with '{self.fault.host}'")
            await FAULTS[self.fault.do](self._world, host)
            self.problem = ""
        except CannotStrike as error:
            self.problem = str(error)

    def begin(self) -> None:
        """Do it while the deployment goes on."""
        self._doing = asyncio.create_task(self.strike())

    async def end(self) -> None:
        """Give up what is still being done."""
        if self._doing is not None:
            self._doing.cancel()
            await asyncio.wait([self._doing])


class _Noticing:
    """A provider that has the fault done before or after a resource of the name that it waits for."""

    def __init__(self, provider: Provider, strike: Strike) -> None:
        self._provider = provider
        self._strike = strike

    async def create(self, wanted: Wanted) -> Made:
        if wanted.name == self._strike.fault.before:
            await self._strike.strike()
        made = await self._provider.create(wanted)
        if wanted.name == self._strike.fault.after:
            self._strike.begin()
        return made

    async def delete(self, resource: StackResource) -> None:
        await self._provider.delete(resource)


def outcome(
    strike: Strike,
    status: str,
    detail: str,
    steps: Sequence[Step],
    seconds: float,
    hosts: Sequence[str],
) -> Checked:
    """Return whether the deployment ended as a fault must end; `hosts` are those that it still has."""
    fault, problem = strike.fault, strike.problem
    if not fault.expect:
        seen = [Observation("the deployment", DEPLOYED, status, status == DEPLOYED)]
        return Checked("fault", f"{fault.name}: the deployment survives.", seconds, tuple(seen), problem)
    causes = [each for each in (detail, *(step.reason for step in steps if step.status == "CREATE_FAILED")) if each]
    named = [each for each in causes if fault.expect in each]
    given = named[0] if named else "; ".join(causes)
    in_time = seconds <= fault.within
    seen = [
        Observation("the deployment", f"{FAILED} or {REFUSED}", status, status in (FAILED, REFUSED)),
        Observation("the cause that is given", f"has '{fault.expect}'", given, bool(named)),
        Observation("time until it failed", f"at most {fault.within:.0f} s", f"{seconds:.0f} s", in_time),
        Observation("hosts after the roll-back", "none", ", ".join(hosts) or "none", not hosts),
    ]
    return Checked("fault", f"{fault.name}: the stack fails, says why and rolls back.", seconds, tuple(seen), problem)
