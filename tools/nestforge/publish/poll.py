"""Wait until the cloud has finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.publish.errors import FailedOnTarget, StillBusy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nestforge.cloud.supplier import ArtifactVersion, Registration, ServiceVersion, Supplier

SERVICE_LIMIT = 900.0
"""Seconds. Creating, updating and launching copy a few files."""

ARTIFACT_LIMIT = 4 * 3600.0
"""Seconds. An image takes in several hundred GB of weights, and is copied to every region."""

REVIEW_LIMIT = 0.5
"""Seconds. Where a person reviews, it takes days; this is for a target that approves by itself."""

PASSING = ("Creating", "Updating", "Launching")
FAILED_ARTIFACT = ("CreateFailed", "ScanFailed", "Deleted")


def pauses(limit: float) -> Iterator[float]:
    """Yield seconds to wait between looks: short ones first, `limit` in all."""
    pause, waited = 0.1, 0.0
    while waited < limit:
        yield pause
        waited += pause
        pause = min(pause * 2, 15.0)


def settled_service(
    supplier: Supplier,
    service_id: str,
    version: str,
    wait: Callable[[float], None],
    passing: tuple[str, ...] = PASSING,
) -> ServiceVersion:
    """Return the version once its status is none of the `passing` ones. Raises StillBusy."""
    service = supplier.get_service(service_id, version)
    for pause in pauses(SERVICE_LIMIT):
        if service.status not in passing:
            return service
        wait(pause)
        service = supplier.get_service(service_id, version)
    raise StillBusy(f"{service_id} {version}", service.status, SERVICE_LIMIT)


def require(service: ServiceVersion, *statuses: str) -> ServiceVersion:
    """Return `service` if it has come to one of `statuses`. Raises FailedOnTarget."""
    if service.status not in statuses:
        raise FailedOnTarget(f"{service.service_id} {service.version}", service.status, service.status_detail)
    return service


def reviewed(supplier: Supplier, registration_id: str, wait: Callable[[float], None]) -> Registration:
    """Return the review, decided where that happens at once, else as it waits."""
    registration = supplier.get_registration(registration_id)
    for pause in pauses(REVIEW_LIMIT):
        if registration.status != "Submitted":
            break
        wait(pause)
        registration = supplier.get_registration(registration_id)
    return registration


def built_artifact(
    supplier: Supplier, artifact_id: str, version: str, ready: tuple[str, ...], wait: Callable[[float], None]
) -> ArtifactVersion:
    """Return the version once its status is one of `ready`. Raises StillBusy and FailedOnTarget."""
    artifact = supplier.get_artifact(artifact_id, version)
    for pause in pauses(ARTIFACT_LIMIT):
        if artifact.status in ready:
            return artifact
        if artifact.status in FAILED_ARTIFACT:
            raise FailedOnTarget(f"{artifact_id} {version}", artifact.status, artifact.status_detail)
        wait(pause)
        artifact = supplier.get_artifact(artifact_id, version)
    raise StillBusy(f"{artifact_id} {version}", artifact.status, ARTIFACT_LIMIT)
