"""What a service is on the target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.publish.differences import differences
from nestforge.publish.plan import make_plan
from nestforge.publish.remote import read_remote

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.cloud.cloud import Cloud
    from nestforge.cloud.supplier import Registration, VersionSummary
    from nestforge.publish.desired import Desired


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """The versions of the service, oldest first; the newest one's review and how it differs from the package."""

    versions: tuple[VersionSummary, ...]
    registration: Registration | None
    differs: bool
    fields: tuple[str, ...]


def read_status(desired: Desired, cloud: Cloud, wait: Callable[[float], None]) -> ServiceStatus:
    """Return how the service stands on the target; changes nothing."""
    remote = read_remote(cloud.supplier, desired, wait)
    if remote.service is None:
        return ServiceStatus((), None, differs=True, fields=())
    plan = make_plan(desired, remote)
    found = differences(desired.definition, remote.service.definition, plan.links)
    tagged = tuple(change.field for change in plan.changes if change.action in ("tag", "untag"))
    registration = remote.registration
    if registration is None and remote.service.registration_id:
        registration = cloud.supplier.get_registration(remote.service.registration_id)
    fields = (*(one.field for one in found), *(f"Tags.{name}" for name in tagged))
    return ServiceStatus(remote.versions, registration, differs=bool(fields), fields=fields)
