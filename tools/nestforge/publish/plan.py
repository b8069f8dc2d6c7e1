"""From the desired and the remote state to the list of changes; no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.cloud.supplier import DRAFT
from nestforge.publish.change import Change
from nestforge.publish.desired import HANDED_IN_TAG, LINKS_TAG, NAMES_TAG
from nestforge.publish.differences import Difference, differences
from nestforge.publish.errors import FailedOnTarget
from nestforge.publish.own_tags import handed_in_tag, names_tag, no_longer_wanted
from nestforge.publish.references import files_of, urls_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nestforge.cloud.supplier import Registration, ServiceVersion
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


def make_plan(desired: Desired, remote: Remote, *, resubmit: bool = False) -> Plan:
    """Return what brings `remote` to `desired`. Raises FailedOnTarget for a state that is not known.

    With `resubmit`, what a review rejected is handed in again though the sources have not changed.
    """
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
        tags = () if found else tag_changes(desired, service)
        return Plan((launch, *tags), links, urls, is_last=not found)
    steps = _steps(desired, remote, service, found, urls, resubmit=resubmit)
    return Plan(tuple(steps), links, urls)


def _steps(
    desired: Desired,
    remote: Remote,
    service: ServiceVersion,
    found: tuple[Difference, ...],
    urls: dict[str, str],
    *,
    resubmit: bool,
) -> Iterator[Change]:
    """All versions share their tags: those that buyers see change with the launch, not before."""
    if service.status in ("Online", "Offline"):
        if found:
            yield from _content(desired, remote, urls)
            yield from _fields("create", desired, found, f"a new version: {service.version} is published")
            yield from _links_tag(desired, remote)
            yield from _release(desired, "the new version")
        else:
            yield from _links_tag(desired, remote)
            if service.status == "Offline":
                yield Change("launch", "service", desired.identity, reason=f"version {service.version} is offline")
    elif service.status == "Submitted":
        yield from _in_review(desired, remote, service, found, urls)
    elif service.status in _CHANGEABLE:
        if not resubmit and (rejection := _unanswered(desired, remote, service, found)):
            yield Change("stop", "registration", rejection.registration_id, reason=rejection.comment)
            return
        yield from _draft(desired, remote, service, found, urls)
    else:
        raise FailedOnTarget(f"{service.service_id} {service.version}", service.status, service.status_detail)
    yield from tag_changes(desired, service)


def _in_review(
    desired: Desired,
    remote: Remote,
    service: ServiceVersion,
    found: tuple[Difference, ...],
    urls: dict[str, str],
) -> Iterator[Change]:
    review = remote.registration.registration_id if remote.registration else service.registration_id
    if found:
        yield from _content(desired, remote, urls)
        yield Change("cancel", "registration", review, reason="the sources have changed since it was handed in")
        yield from _fields("update", desired, found, "the draft")
        yield from _links_tag(desired, remote)
        yield from _release(desired, "the changed draft")
        return
    yield from _links_tag(desired, remote)
    if remote.registration and remote.registration.status == "Approved":
        yield Change("launch", "service", desired.identity, reason="approved")
        return
    before, after = service.tags.get(HANDED_IN_TAG, ""), handed_in_tag(desired, review)
    if before != after:
        yield Change("tag", "service", desired.identity, HANDED_IN_TAG, before, after, "what was handed in")
    yield Change("wait", "registration", review, reason="it is in review, and the sources are the same")


def _unanswered(
    desired: Desired, remote: Remote, service: ServiceVersion, found: tuple[Difference, ...]
) -> Registration | None:
    """Return the review that rejected what the sources still say.

    The draft may have been changed since, by a run that ended before it was handed in again: then the tag
    knows what was rejected. Without it, a draft handed in by somebody else, the draft itself is compared.
    """
    review = remote.registration
    if review is None or review.status != "Rejected":
        return None
    handed_in = service.tags.get(HANDED_IN_TAG, "")
    if handed_in.partition("/")[0] == review.registration_id:
        return review if handed_in == handed_in_tag(desired, review.registration_id) else None
    return None if found else review


def _draft(
    desired: Desired,
    remote: Remote,
    service: ServiceVersion,
    found: tuple[Difference, ...],
    urls: dict[str, str],
) -> Iterator[Change]:
    broken = service.status in _BROKEN
    if found or broken:
        yield from _content(desired, remote, urls)
        yield from _fields("update", desired, found if not broken else _everything(desired), f"it is {service.status}")
    yield from _links_tag(desired, remote)
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


def _links_tag(desired: Desired, remote: Remote) -> Iterator[Change]:
    if remote.links is None:
        yield Change("tag", "service", desired.identity, LINKS_TAG, reason="what the artifacts were made from")


def tag_changes(desired: Desired, service: ServiceVersion) -> Iterator[Change]:
    """Yield what brings the tags to what service.yaml says; those that somebody else has added stay."""
    for name in no_longer_wanted(service.tags, desired):
        yield Change("untag", "service", desired.identity, name, service.tags[name], "")
    for name, value in {**desired.tags, NAMES_TAG: names_tag(desired)}.items():
        before = service.tags.get(name)
        if before != value:
            reason = "which tags are from service.yaml" if name == NAMES_TAG else ""
            yield Change("tag", "service", desired.identity, name, before or "", value, reason)


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
