"""What the stack of a deployment says about hosts, addresses and rules."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from nestforge.rehearse.checks.check import INTERNET, VPC
from nestforge.rehearse.result import Step
from nestforge.sandbox.stacks.engine import STACK_TYPE, TIME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nestforge.rehearse.host import Host, World
    from nestforge.sandbox.stacks.records import StackEvent, StackResource


def addresses(world: World, resources: Iterable[StackResource]) -> dict[str, dict[str, Host]]:
    """Return the host behind each address, by the side that the address is for."""
    found: dict[str, dict[str, Host]] = {VPC: {host.address: host for host in world.hosts()}, INTERNET: {}}
    for resource in resources:
        if resource.type == "ALIYUN::VPC::EIPAssociation":
            host = world.host(str(resource.properties["InstanceId"]))
            found[INTERNET][str(resource.attributes["EipAddress"])] = host
    return found


def steps(events: Iterable[StackEvent]) -> tuple[Step, ...]:
    """Return the creation of each resource, in the order in which they began."""
    began: dict[str, StackEvent] = {}
    start = ""
    found = []
    for event in events:
        if event.type == STACK_TYPE:
            start = start or event.time
        elif event.status == "CREATE_IN_PROGRESS":
            began.setdefault(event.name, event)
        elif event.name in began and event.status in ("CREATE_COMPLETE", "CREATE_FAILED"):
            first = began.pop(event.name)
            found.append(
                Step(
                    event.name,
                    event.type,
                    _seconds(start, first.time),
                    _seconds(first.time, event.time),
                    event.status,
                    event.reason,
                )
            )
    return tuple(sorted(found, key=lambda step: step.begun))


def _seconds(first: str, then: str) -> float:
    return (datetime.strptime(then, TIME) - datetime.strptime(first, TIME)).total_seconds()  # both in UTC
