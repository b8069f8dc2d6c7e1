"""A planned fault is done when it is due, and its outcome is looked at."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from nestforge.rehearse.checks.check import Observation
from nestforge.rehearse.faults.fault import CannotStrike
from nestforge.rehearse.faults.table import FAULTS
from nestforge.rehearse.result import DEPLOYED, FAILED, REFUSED, Checked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nestforge.model.rehearsal import PlannedFault
    from nestforge.rehearse.host import World
    from nestforge.rehearse.result import Step
    from nestforge.sandbox.stacks.records import StackEvent

LOOK_EVERY = 0.2
"""Seconds between looks at the events."""


async def strike_when_due(fault: PlannedFault, world: World, events: Callable[[], Iterable[StackEvent]]) -> None:
    """Wait until the resource that the fault names is complete, and do it. Raises CannotStrike."""
    while not any(event.name == fault.after and event.status == "CREATE_COMPLETE" for event in events()):
        await asyncio.sleep(LOOK_EVERY)
    host = next((host for host in world.hosts() if host.name.endswith(fault.host)), None)
    if host is None:
        raise CannotStrike(f"there is no host whose name ends with '{fault.host}'")
    await FAULTS[fault.do](world, host)


def problem_of_strike(doing: asyncio.Task[None]) -> str:
    """Return why the fault was not done; nothing where it was."""
    if not doing.done():
        return "it was not done to the end before the deployment was over"
    if doing.cancelled():
        return "it was given up"
    error = doing.exception()
    return "" if error is None else f"{type(error).__name__}: {error}"


def outcome(
    fault: PlannedFault,
    problem: str,
    status: str,
    detail: str,
    steps: Sequence[Step],
    seconds: float,
    hosts: Sequence[str],
) -> Checked:
    """Return whether the deployment ended as a fault must end; `hosts` are those that it still has."""
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
