"""Bring the service on the target to what the package says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError
from nestforge.publish.apply import ONLINE, Applied, apply
from nestforge.publish.errors import RemoteMoved
from nestforge.publish.plan import make_plan
from nestforge.publish.remote import read_remote
from nestforge.publish.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.cloud.cloud import Cloud
    from nestforge.publish.change import Change
    from nestforge.publish.desired import Desired

ROUNDS = 3
"""What was begun before is finished in a first round; one more is in hand."""


@dataclass(frozen=True, slots=True)
class Published:
    """How it ended: `Online` or `Submitted`, with the changes that were made."""

    service_id: str
    version: str
    status: str
    registration_id: str
    changes: tuple[Change, ...]


def publish(
    desired: Desired,
    cloud: Cloud,
    *,
    attempt: str,
    confirm: Callable[[tuple[Change, ...]], bool],
    say: Callable[[str], None],
    wait: Callable[[float], None],
    resubmit: bool = False,
) -> Published:
    """Return when the service is online as desired, or waits for its review.

    `confirm` is shown the changes before any is made: it raises to stop, and returns whether a person was
    asked, which takes time: then the target must still be as it was. `wait` sleeps a number of seconds.
    With `resubmit`, what a review rejected is handed in again as it is.
    """
    standing = Standing()
    try:
        return _rounds(desired, cloud, standing, attempt, confirm, say, wait, resubmit=resubmit)
    except NestforgeError as error:
        standing.told_in(error)
        raise


def _rounds(
    desired: Desired,
    cloud: Cloud,
    standing: Standing,
    attempt: str,
    confirm: Callable[[tuple[Change, ...]], bool],
    say: Callable[[str], None],
    wait: Callable[[float], None],
    *,
    resubmit: bool,
) -> Published:
    changes: list[Change] = []
    for _ in range(ROUNDS):
        remote = read_remote(cloud.supplier, desired, wait)
        plan = make_plan(desired, remote, resubmit=resubmit)
        if not plan.changes and remote.service is not None:
            service = remote.service
            done = Applied(service.service_id, service.version, service.status, service.registration_id)
        else:
            if plan.acts and confirm(plan.changes):
                remote = read_remote(cloud.supplier, desired, wait)
                if make_plan(desired, remote, resubmit=resubmit) != plan:
                    raise RemoteMoved(desired.display_name)
            done = apply(plan, desired, remote, cloud, attempt=attempt, say=say, wait=wait, standing=standing)
            changes += [change for change in plan.changes if change.action not in ("wait", "stop")]
        if plan.is_last or done.status != ONLINE:
            return Published(done.service_id, done.version, done.status, done.registration_id, tuple(changes))
    raise RemoteMoved(desired.display_name)
