"""Execute a plan, change by change."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from nestforge.cloud.supplier import DRAFT
from nestforge.publish.desired import ARTIFACT_TAG, HANDED_IN_TAG
from nestforge.publish.differences import Difference, differences
from nestforge.publish.errors import CriterionNotMet, FailedOnTarget, ReadBackDiffers, ReviewRejected
from nestforge.publish.own_tags import handed_in_tag, tags_of
from nestforge.publish.plan import tag_changes
from nestforge.publish.poll import built_artifact, require, reviewed, settled_service
from nestforge.publish.references import resolve
from nestforge.publish.standing import COMPARISON, NEWER_SOURCES, TAGS
from nestforge.publish.tokens import Tokens, base_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nestforge.cloud.cloud import Cloud
    from nestforge.cloud.json_value import Json
    from nestforge.cloud.supplier import ServiceVersion
    from nestforge.publish.change import Change
    from nestforge.publish.desired import Desired
    from nestforge.publish.plan import Plan
    from nestforge.publish.remote import Remote
    from nestforge.publish.standing import Standing

SUBMITTED = "Submitted"
ONLINE = "Online"


@dataclass(frozen=True, slots=True)
class Applied:
    """Where the service has come to: `Online`, or `Submitted` with the review that it waits for."""

    service_id: str
    version: str
    status: str
    registration_id: str


@dataclass(slots=True)
class _Run:
    desired: Desired
    plan: Plan
    remote: Remote
    cloud: Cloud
    tokens: Tokens
    say: Callable[[str], None]
    wait: Callable[[float], None]
    standing: Standing
    urls: dict[str, str]
    links: dict[str, tuple[str, str]]
    artifact_ids: dict[str, str]
    service_id: str
    version: str
    status: str
    registration_id: str
    is_waiting: bool = False
    seen: ServiceVersion | None = None
    """The version as it was read since it was last written to."""


def apply(
    plan: Plan,
    desired: Desired,
    remote: Remote,
    cloud: Cloud,
    *,
    attempt: str,
    say: Callable[[str], None],
    wait: Callable[[float], None],
    standing: Standing,
) -> Applied:
    """Make the plan's changes, and note in `standing` what buyers see of them.

    Raises what stops it; the next run goes on from there.
    """
    service = remote.service
    run = _Run(
        desired,
        plan,
        remote,
        cloud,
        Tokens(attempt, base_of(service)),
        say,
        wait,
        standing,
        urls=dict(plan.urls),
        links=dict(plan.links),
        artifact_ids={key: a.artifact_id for key, a in (remote.artifacts or {}).items()},
        service_id=service.service_id if service else "",
        version=service.version if service else DRAFT,
        status=service.status if service else "",
        registration_id=service.registration_id if service else "",
    )
    _check_templates(run)
    left = list(plan.changes)
    for (action, kind), group in groupby(plan.changes, key=lambda change: (change.action, change.kind)):
        changes = list(group)
        _STEPS[action, kind](run, changes)
        if run.is_waiting:
            break
        del left[: len(changes)]
        if run.status == ONLINE and action in ("launch", "tag", "untag"):
            standing.online(run.version, _lacking(plan, left))
    if run.status == ONLINE and plan.is_last:
        _read_back(run)
    return Applied(run.service_id, run.version, run.status, run.registration_id)


def _lacking(plan: Plan, left: Sequence[Change]) -> str:
    if not plan.is_last:
        return NEWER_SOURCES
    return TAGS if left else COMPARISON


def _check_templates(run: _Run) -> None:
    """Let ROS check what is about to be uploaded: the cheapest gate comes first."""
    for change in run.plan.changes:
        if change.action == "upload" and change.name in run.desired.templates:
            run.cloud.ros.validate_template(run.desired.uploads[change.name].content.decode())
            run.say(f"template {run.desired.uploads[change.name].path}: ROS takes it")


def _upload(run: _Run, changes: Sequence[Change]) -> None:
    for change in changes:
        upload = run.desired.uploads[change.name]
        ticket = run.cloud.supplier.upload_ticket(upload.name, public=upload.public)
        run.cloud.objects.put(ticket, upload.content, upload.media_type)
        run.urls[upload.name] = ticket.url
        run.say(f"uploaded {upload.name}: {len(upload.content):,} bytes")


def _build_artifact(run: _Run, changes: Sequence[Change]) -> None:
    for change in changes:
        wanted = run.desired.artifacts[change.name]
        definition = _resolved(run, wanted.definition)
        known = run.artifact_ids.get(change.name)
        token = run.tokens.of("CreateArtifact", definition, known)
        created = run.cloud.supplier.create_artifact(definition, {ARTIFACT_TAG: wanted.tag}, known, token)
        run.artifact_ids[change.name] = created
        run.say(f"artifact {change.name}: {created} is being made, content {wanted.version_name}")


def _update_artifact(run: _Run, changes: Sequence[Change]) -> None:
    for change in changes:
        wanted = run.desired.artifacts[change.name]
        definition = _resolved(run, wanted.definition)
        identity = run.artifact_ids[change.name]
        run.cloud.supplier.update_artifact(identity, definition, run.tokens.of("UpdateArtifact", definition, identity))
        run.say(f"artifact {change.name}: the draft of {identity} now has content {wanted.version_name}")


def _release_artifact(run: _Run, changes: Sequence[Change]) -> None:
    supplier = run.cloud.supplier
    for change in changes:
        identity = run.artifact_ids[change.name]
        built_artifact(supplier, identity, DRAFT, ("Created", "Available"), run.wait)
        version = supplier.release_artifact(identity, run.tokens.of("ReleaseArtifact", identity, change.after))
        run.links[change.name] = (identity, version)
    for change in changes:
        identity, version = run.links[change.name]
        built_artifact(supplier, identity, version, ("Available",), run.wait)
        run.say(f"artifact {change.name}: {identity} version {version} is available")


def _await_artifact(run: _Run, changes: Sequence[Change]) -> None:
    for change in changes:
        identity, version = run.links[change.name]
        built_artifact(run.cloud.supplier, identity, version, ("Available",), run.wait)
        run.say(f"artifact {change.name}: {identity} version {version} is available")


def _create_service(run: _Run, changes: Sequence[Change]) -> None:
    definition = _resolved(run, run.desired.definition)
    existing = run.service_id or None
    tags = {} if existing else tags_of(run.desired, run.links)
    token = run.tokens.of("CreateService", definition, tags, existing)
    run.service_id = run.cloud.supplier.create_service(definition, tags, existing, token)
    run.say(f"{run.service_id}: a draft with every field is made")
    _settle_draft(run)


def _update_service(run: _Run, changes: Sequence[Change]) -> None:
    names = dict.fromkeys(change.field.partition(".")[0] for change in changes)
    definition = _resolved(run, {name: run.desired.definition[name] for name in names})
    token = run.tokens.of("UpdateService", definition, run.service_id)
    run.cloud.supplier.update_service(run.service_id, definition, token)
    run.say(f"{run.service_id}: the draft is changed in {', '.join(names)}")
    _settle_draft(run)


def _settle_draft(run: _Run) -> None:
    run.version = DRAFT
    service = settled_service(run.cloud.supplier, run.service_id, DRAFT, run.wait)
    run.status = require(service, "Draft", "Beta").status


def _tag_service(run: _Run, changes: Sequence[Change]) -> None:
    wanted = tags_of(run.desired, run.links)
    tags = {change.field: wanted.get(change.field, change.after) for change in changes}
    run.cloud.supplier.tag_service(run.service_id, tags)
    run.seen = None
    run.say(f"{run.service_id}: tagged {', '.join(tags)}")


def _untag_service(run: _Run, changes: Sequence[Change]) -> None:
    names = [change.field for change in changes]
    run.cloud.supplier.untag_service(run.service_id, names)
    run.seen = None
    run.say(f"{run.service_id}: no longer tagged {', '.join(names)}")


def _cancel_registration(run: _Run, changes: Sequence[Change]) -> None:
    registration = changes[0].name
    run.cloud.supplier.cancel_registration(registration, run.tokens.of("CancelServiceRegistration", registration))
    run.say(f"{registration}: taken back from review")
    _settle_draft(run)


def _register(run: _Run, changes: Sequence[Change]) -> None:
    supplier = run.cloud.supplier
    mandatory = tuple(i for i in supplier.criterion_issues(run.service_id, run.version) if i.is_mandatory)
    if mandatory:
        raise CriterionNotMet(run.service_id, mandatory)
    # What was updated in this run is part of the token: a second draft of one run is another registration.
    token = run.tokens.of("RegisterService", run.service_id, _resolved(run, run.desired.definition))
    run.registration_id = supplier.register_service(run.service_id, token)
    registration = reviewed(supplier, run.registration_id, run.wait)
    run.status = registration.status
    run.say(f"{run.registration_id}: handed in for review, {registration.status}")
    if registration.status != "Approved":
        tag = handed_in_tag(run.desired, run.registration_id)
        supplier.tag_service(run.service_id, {HANDED_IN_TAG: tag})
    if registration.status == "Rejected":
        raise ReviewRejected(run.registration_id, registration.comment)
    if registration.status == SUBMITTED:
        run.is_waiting = True
    elif registration.status != "Approved":
        raise FailedOnTarget(run.registration_id, registration.status, registration.comment)


def _launch(run: _Run, changes: Sequence[Change]) -> None:
    supplier = run.cloud.supplier
    if run.version == DRAFT:  # the version may follow its review a moment later
        require(settled_service(supplier, run.service_id, DRAFT, run.wait, passing=(SUBMITTED,)), "Approved")
    token = run.tokens.of("LaunchService", run.service_id, run.version, run.registration_id)
    run.version = supplier.launch_service(run.service_id, run.version, token)
    run.standing.launched(run.version)
    service = settled_service(supplier, run.service_id, run.version, run.wait)
    if service.status != ONLINE:
        run.standing.failed()
    run.status, run.seen = require(service, ONLINE).status, service
    run.say(f"{run.service_id}: version {run.version} is online")


def _read_back(run: _Run) -> None:
    service = run.seen or run.cloud.supplier.get_service(run.service_id, run.version)
    fields = differences(run.desired.definition, service.definition, run.links)
    tags = [Difference(f"Tags.{c.field}", c.before, c.after) for c in tag_changes(run.desired, service)]
    if fields or tags:
        run.standing.online(run.version)
        raise ReadBackDiffers(run.service_id, tuple(map(str, (*fields, *tags))))
    run.say(f"{run.service_id}: read back, every field is as it was sent")


def _await_review(run: _Run, changes: Sequence[Change]) -> None:
    run.status, run.registration_id = SUBMITTED, changes[0].name or run.registration_id
    run.is_waiting = True


def _stop(run: _Run, changes: Sequence[Change]) -> None:
    raise ReviewRejected(changes[0].name, changes[0].reason)


def _resolved(run: _Run, definition: object) -> dict[str, Json]:
    resolved = resolve(definition, run.urls, run.links)  # type: ignore[arg-type]  # a Mapping of Value
    assert isinstance(resolved, dict)
    return resolved


_STEPS: dict[tuple[str, str], Callable[[_Run, Sequence[Change]], None]] = {
    ("upload", "file"): _upload,
    ("build", "artifact"): _build_artifact,
    ("update", "artifact"): _update_artifact,
    ("release", "artifact"): _release_artifact,
    ("wait", "artifact"): _await_artifact,
    ("create", "service"): _create_service,
    ("update", "service"): _update_service,
    ("tag", "service"): _tag_service,
    ("untag", "service"): _untag_service,
    ("cancel", "registration"): _cancel_registration,
    ("register", "service"): _register,
    ("launch", "service"): _launch,
    ("wait", "registration"): _await_review,
    ("stop", "registration"): _stop,
}
