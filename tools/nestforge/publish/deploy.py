"""Deploy a published service as a buyer would, and follow what happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError
from nestforge.publish.poll import pauses

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nestforge.cloud.cloud import Cloud
    from nestforge.cloud.deployments import ServiceInstance
    from nestforge.cloud.ros import StackEvent
    from nestforge.cloud.supplier import VersionSummary

FOLLOW_LIMIT = 4 * 3600.0
"""Seconds. A service may take as long as its DeployTimeout says; ours has less."""

PASSING = ("Created", "Deploying", "Deleting")
LAUNCHED = "Online"
STACK = "ALIYUN::ROS::Stack"
"""What the events of a stack itself, not of a resource in it, are about."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `phase` is create, rollback or delete."""

    time: str
    phase: str
    resource: str
    status: str
    message: str


class NotLaunched(NestforgeError):
    """There is no version that could be deployed."""

    def __init__(self, name: str, versions: tuple[VersionSummary, ...]) -> None:
        found = ", ".join(f"version {v.version} is {v.status}" for v in versions) or "it is not there"
        super().__init__(f"{name} cannot be deployed: {found}", help="publish it first: nestforge publish")


class NoSuchVersion(NestforgeError):
    """The version that was asked for does not exist."""

    exit_code = 2

    def __init__(self, version: str, versions: tuple[VersionSummary, ...]) -> None:
        known = ", ".join(v.version for v in versions) or "none"
        super().__init__(f"there is no version {version} of the service", help=f"there is: {known}")


class StillAtWork(NestforgeError):
    """The cloud has not finished in the time that is waited."""

    exit_code = 4

    def __init__(self, instance: ServiceInstance) -> None:
        super().__init__(
            f"{instance.instance_id} is still {instance.status} ({instance.progress} %)",
            help=f"the cloud goes on by itself; take it away with: nestforge deploy --delete {instance.instance_id}",
        )


class DeploymentFailed(NestforgeError):
    """The service instance did not come up, or could not be deleted completely."""

    exit_code = 4

    def __init__(self, instance: ServiceInstance) -> None:
        super().__init__(
            f"{instance.instance_id} is {instance.status}: {instance.detail or 'the cloud gives no cause'}",
            help="mend the cause, then deploy anew; what is left of this one goes with: "
            f"nestforge deploy --delete {instance.instance_id}",
        )


def deployable(name: str, versions: tuple[VersionSummary, ...], wanted: str | None) -> VersionSummary:
    """Return the newest version that is online, or the one that is wanted. Raises NotLaunched, NoSuchVersion."""
    if wanted is not None:
        for version in versions:
            if version.version == wanted:
                return version
        raise NoSuchVersion(wanted, versions)
    online = [version for version in versions if version.status == LAUNCHED]
    if not online:
        raise NotLaunched(name, versions)
    return online[-1]


def follow(
    cloud: Cloud, instance_id: str, tell: Callable[[Event], None], wait: Callable[[float], None]
) -> ServiceInstance:
    """Tell what happens until nothing is being done to the instance any more. Raises StillAtWork.

    What happened before is told too.
    """
    told: set[str] = set()
    deleting = False
    for pause in pauses(FOLLOW_LIMIT):
        instance = cloud.deployments.get_instance(instance_id)
        if instance.stack_id:
            for event in cloud.stacks.stack_events(instance.stack_id):
                deleting = deleting or (event.type == STACK and event.status == "DELETE_IN_PROGRESS")
                if event.event_id not in told:
                    tell(
                        Event(event.time, _phase(event, deleting=deleting), event.resource, event.status, event.message)
                    )
                    told.add(event.event_id)
        if instance.status not in PASSING:
            return instance
        wait(pause)
    raise StillAtWork(cloud.deployments.get_instance(instance_id))


def _phase(event: StackEvent, *, deleting: bool) -> str:
    if event.status.startswith("CREATE_") and "ROLLBACK" not in event.status:
        return "create"
    return "delete" if deleting else "rollback"


def price_lines(resources: Mapping[str, object]) -> list[str]:
    """Return what the cloud says of the price, a line for each resource, in the shape of GetTemplateEstimateCost."""
    return [f"  {name} ({_text(entry, 'Type')}): {_price(entry)}" for name, entry in resources.items()]


def _price(entry: object) -> str:
    result = entry.get("Result") if isinstance(entry, dict) else None
    order = result.get("Order") if isinstance(result, dict) else None
    if not isinstance(result, dict) or not isinstance(order, dict) or order.get("TradeAmount") is None:
        return _text(result, "Message") or "the price is not known"
    unit = _text(result.get("OrderSupplement"), "PriceUnit")
    return f"{order['TradeAmount']} {_text(order, 'Currency')}{unit}"


def _text(entry: object, name: str) -> str:
    return str(entry.get(name) or "") if isinstance(entry, dict) else ""
