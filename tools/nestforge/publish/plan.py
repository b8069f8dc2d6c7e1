"""From the desired and the remote state to the list of changes; no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.cloud.supplier import DRAFT
from nestforge.publish.change import Change
from nestforge.publish.desired import ANSWERED_TAG, LINKS_TAG
from nestforge.publish.differences import Difference, differences
from nestforge.publish.errors import FailedOnTarget
from nestforge.publish.links import links_tag
from nestforge.publish.references import files_of, urls_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nestforge.cloud.supplier import ServiceVersion
    from nestforge.publish.desired import Desired, DesiredArtifact, Upload
    from nestforge.publish.references import Links
    from nestforge.publish.remote import Remote, RemoteArtifact

_BROKEN = ("CreateFailed", "UpdateFailed")
_CHANGEABLE = ("Draft", "Beta", *_BROKEN)


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes, in the order in which they are made.

    `links` are the artifacts that are there already, `urls` the files. `is_last` is false where the target
    must first finish what was begun before: then the target is looked at and planned for once more.
    """

    changes: tuple[Change, ...]
    links: Links
    urls: dict[str, str]
    is_last: bool = True

    @property
    def acts(self) -> bool:
        """Whether any of it changes the target."""
        return any(change.action not in ("wait", "stop") for change in self.changes)


def make_plan(desired: Desired, remote: Remote) -> Plan:
    """Return what brings `remote` to `desired`. Raises FailedOnTarget for a state that is not known."""
    links = _links(desired, remote)
    urls = _urls(desired, remote)
    if remote.service is None:
        changes = [
            *_content(desired, remote, urls),
            Change("create", "service", desired.identity, reason="it is not on the target yet"),
            *_release(desired, "the first version"),
        ]
        return Plan(tuple(changes), links, urls)
    service = remote.service
    found = differences(desired.definition, service.definition, links)
    if service.status == "Approved":
        why = "approved before, and cannot be changed any more: the sources follow after it" if found else "approved"
        launch = Change("launch", "service", desired.identity, reason=why)
        return Plan((launch,), links, urls, is_last=not found)
    steps = _steps(desired, remote, service, found, urls)
    return Plan(tuple(steps), links, urls)


def _steps(
    desired: Desired, remote: Remote, service: ServiceVersion, found: tuple[Difference, ...], urls: dict[str, str]
) -> Iterator[Change]:
    tags = list(_tags(desired, remote, service))
    if service.status in ("Online", "Offline"):
        if found:
            yield from _content(desired, remote, urls)
            yield from _fields("create", desired, found, f"a new version: {service.version} is published")
            yield from tags
            yield from _release(desired, "the new version")
            return
        yield from tags
        if service.status == "Offline":
            yield Change("launch", "service", desired.identity, reason=f"version {service.version} is offline")
    elif service.status == "Submitted":
        yield from _in_review(desired, remote, found, urls, tags)
    elif service.status in _CHANGEABLE:
        yield from _draft(desired, remote, service, found, urls, tags)
    else:
        raise FailedOnTarget(f"{service.service_id} {service.version}", service.status, service.status_detail)


def _in_review(
    desired: Desired, remote: Remote, found: tuple[Difference, ...], urls: dict[str, str], tags: list[Change]
) -> Iterator[Change]:
    review = remote.registration.registration_id if remote.registration else ""
    if not found:
        yield from tags
        if remote.registration and remote.registration.status == "Approved":
            yield Change("launch", "service", desired.identity, reason="approved")
        else:
            yield Change("wait", "registration", review, reason="it is in review, and the sources are the same")
        return
    yield Change("cancel", "registration", review, reason="the sources have changed since it was handed in")
    yield from _content(desired, remote, urls)
    yield from _fields("update", desired, found, "the draft")
    yield from tags
    yield from _release(desired, "the changed draft")


def _draft(
    desired: Desired,
    remote: Remote,
    service: ServiceVersion,
    found: tuple[Difference, ...],
    urls: dict[str, str],
    tags: list[Change],
) -> Iterator[Change]:
    review = remote.registration
    rejected = review is not None and review.status == "Rejected"
    answered = review is not None and service.tags.get(ANSWERED_TAG) == review.registration_id
    broken = service.status in _BROKEN
    if review is not None and rejected and not answered:
        if not found:
            yield Change("stop", "registration", review.registration_id, reason=review.comment)
            return
        yield Change("acknowledge", "registration", review.registration_id, reason="the sources answer its rejection")
    if found or broken:
        yield from _content(desired, remote, urls)
        yield from _fields("update", desired, found if not broken else _everything(desired), f"it is {service.status}")
    yield from tags
    yield from _release(desired, "the draft")


def _release(desired: Desired, what: str) -> Iterator[Change]:
    yield Change("register", "service", desired.identity, reason=f"{what} needs approval")
    yield Change("launch", "service", desired.identity, reason="once it is approved")


def _fields(action: str, desired: Desired, found: Iterable[Difference], reason: str) -> Iterator[Change]:
    for one in found:
        if action == "create":
            yield Change("create", "service", desired.identity, one.field, one.before, one.after, reason)
        else:
            yield Change("update", "service", desired.identity, one.field, one.before, one.after, reason)


def _everything(desired: Desired) -> Iterator[Difference]:
    return (Difference(name, "", "") for name in desired.definition)


def _tags(desired: Desired, remote: Remote, service: ServiceVersion) -> Iterator[Change]:
    for name, value in desired.tags.items():
        if (before := service.tags.get(name, "")) != value:
            yield Change("tag", "service", desired.identity, name, before, value)
    if remote.links is None:
        yield Change("tag", "service", desired.identity, LINKS_TAG, reason="what the artifacts were made from")


def _content(desired: Desired, remote: Remote, urls: dict[str, str]) -> Iterator[Change]:
    """Yield what must be there before the service can name it: artifacts with their files, then other files."""
    work = [(wanted, _artifact_work(wanted, remote)) for wanted in desired.artifacts.values()]
    sent = set(urls)
    for wanted, steps in work:
        if any(step.action in ("build", "update") for step in steps):
            yield from _uploads(desired, wanted.files, sent)
    for action in ("build", "update", "release", "wait"):
        for _, steps in work:
            yield from (step for step in steps if step.action == action)
    yield from _uploads(desired, files_of(desired.definition), sent)


def _uploads(desired: Desired, names: Iterable[str], sent: set[str]) -> Iterator[Change]:
    for name in names:
        if name not in sent:
            sent.add(name)
            yield Change("upload", "file", name, after=_size(desired.uploads[name]))


def _size(upload: Upload) -> str:
    return f"{len(upload.content):,} bytes"


def _artifact_work(wanted: DesiredArtifact, remote: Remote) -> list[Change]:
    if remote.artifacts is None:
        return []
    artifact = remote.artifacts.get(wanted.key)
    release = Change("release", "artifact", wanted.key, after=wanted.version_name)
    if artifact is None:
        return [Change("build", "artifact", wanted.key, after=wanted.version_name), release]
    there = artifact.holding(wanted.version_name)
    if there is None:
        before = _newest_name(artifact)
        draft = artifact.draft
        action = Change("update" if draft else "build", "artifact", wanted.key, "", before, wanted.version_name)
        return [action, release]
    if there.version == DRAFT:
        return [release]
    if there.status != "Available":
        return [Change("wait", "artifact", wanted.key, reason=f"version {there.version} is {there.status}")]
    return []


def _newest_name(artifact: RemoteArtifact) -> str:
    released = [v for v in artifact.versions if v.version != DRAFT]
    return max(released, key=lambda v: (len(v.version), v.version)).version_name if released else ""


def _links(desired: Desired, remote: Remote) -> Links:
    if remote.links is not None:
        return remote.links
    links = {}
    for key, wanted in desired.artifacts.items():
        artifact = (remote.artifacts or {}).get(key)
        there = artifact.holding(wanted.version_name) if artifact else None
        if there is not None and there.version != DRAFT:
            links[key] = (there.artifact_id, there.version)
    return links


def _urls(desired: Desired, remote: Remote) -> dict[str, str]:
    urls: dict[str, str] = {}
    if remote.service is not None:
        urls |= urls_in(dict(remote.service.definition), desired.uploads)
    for artifact in (remote.artifacts or {}).values():
        urls |= urls_in([version.url for version in artifact.versions], desired.uploads)
    return urls


def tags_of(desired: Desired, links: Links) -> dict[str, str]:
    """Return all tags that the service shall carry once its artifacts are there."""
    return {**desired.tags, LINKS_TAG: links_tag(desired, links)}
