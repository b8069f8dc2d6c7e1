"""Publish: look, and do what is left to do."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from nestforge.cloud.supplier import Credentials
from nestforge.model.errors import NestforgeError
from nestforge.publish.definition import (
    answered,
    artifact_keys,
    definition,
    known_artifacts,
    known_urls,
    on_the_wire,
)
from nestforge.publish.desired import ARTIFACT_IDENTITY, IDENTITY

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.cloud.supplier import Objects, Supplier, TemplateCheck
    from nestforge.publish.desired import Artifact, Desired, Json, Upload

DRAFT = "draft"
_POLLS = 120
_PASSING = ("Creating", "Updating", "Launching", "Created", "Scanning", "Delivering")


class CriterionIssues(NestforgeError):
    """Compute Nest's own look at the templates found what a reviewer would send back."""

    exit_code = 4

    def __init__(self, issues: list[str]) -> None:
        super().__init__(f"the cloud's check of the draft found {len(issues)} mandatory issues; nothing was launched")
        self.details = tuple(issues)


class NotAsSent(NestforgeError):
    """What was read back differs from what was sent, or a version did not come to the state it should."""

    exit_code = 4


@dataclass(slots=True)
class Outcome:
    """What happened, for the report."""

    service_id: str = ""
    version: str = ""
    status: str = ""
    uploads: list[tuple[str, int]] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    waiting: str = ""


@dataclass(frozen=True, slots=True)
class Publisher:
    """One publication: the other side behind Protocols, and where progress is told."""

    supplier: Supplier
    objects: Objects
    templates: TemplateCheck
    tell: Callable[[str], None]
    confirm: Callable[[list[str]], bool]
    wait: Callable[[float], None] = time.sleep

    def publish(self, desired: Desired) -> Outcome:
        """Bring the other side to `desired`. Raises CloudRefused, CloudUnreachable, CriterionIssues, NotAsSent."""
        outcome = Outcome()
        versions = self._versions(desired)
        current = versions[-1] if versions else None
        answer: Json = {}
        if current is not None:
            outcome.service_id = str(current["ServiceId"])
            answer = self._service(outcome.service_id, str(current["Version"]))
            outcome.version, outcome.status = str(answer["Version"]), str(answer["Status"])
        urls = known_urls(answer) if answer else {}
        missing = [upload for upload in desired.uploads if upload.name not in urls]
        fields = self._differing(desired, answer, urls) if answer and not missing else None
        if fields or fields is None:
            if outcome.status == "Submitted":
                outcome.waiting = "the version before is in review: withdraw the registration, or wait and run again"
                return outcome
            if not self.confirm(
                [f"upload {u.name}" for u in missing] + [f"change {n}" for n in fields or {"service": 0}]
            ):
                return outcome
            self._bring(desired, answer, urls, missing, outcome)
        self._launch(desired, outcome)
        return outcome

    # Looking

    def _versions(self, desired: Desired) -> list[Json]:
        """Return the versions of the service with exactly our tag; the draft, else the newest, is last."""
        tag = {"Key": IDENTITY, "Value": desired.identity}
        answer = self.supplier.call("ListServices", {"AllVersions": True, "Tag": [tag], "MaxResults": 100})
        rows = cast("list[Json]", answer.get("Services") or [])
        ours = [row for row in rows if tag in cast("list[Json]", row.get("Tags") or [])]
        return sorted(ours, key=lambda row: 10**9 if row["Version"] == DRAFT else int(str(row["Version"])))

    def _service(self, service_id: str, version: str) -> Json:
        return self.supplier.call("GetService", {"ServiceId": service_id, "ServiceVersion": version})

    def _differing(self, desired: Desired, answer: Json, urls: dict[str, str]) -> Json:
        """Return the fields that differ, as they should be."""
        artifacts = known_artifacts(answer, artifact_keys(desired))
        if set(artifacts) != {artifact.key for artifact in desired.artifacts}:
            return {"DeployMetadata": None}
        wanted = definition(desired, {u.path: urls[u.name] for u in desired.uploads}, artifacts)
        given = answered(answer)
        return {name: value for name, value in wanted.items() if given.get(name) != value}

    # Changing

    def _bring(
        self, desired: Desired, answer: Json, urls: dict[str, str], missing: list[Upload], outcome: Outcome
    ) -> None:
        for template in desired.templates:
            self.tell(f"check {template.name} with ROS")
            self.templates.validate(template.content.decode())
        artifacts = {artifact.key: self._artifact(desired, artifact, outcome) for artifact in desired.artifacts}
        for upload in missing:
            urls[upload.name] = self._upload(upload, outcome)
        wanted = definition(desired, {u.path: urls[u.name] for u in desired.uploads}, artifacts)
        given = answered(answer) if answer else {}
        changed = {name: value for name, value in wanted.items() if given.get(name) != value}
        outcome.changes += sorted(changed)
        if outcome.version == DRAFT:
            self.tell(f"update the draft: {', '.join(sorted(changed))}")
            parameters = {"ServiceId": outcome.service_id, "ServiceVersion": DRAFT, **on_the_wire(changed)}
            self.supplier.call("UpdateService", self._once(parameters, str(answer.get("UpdateTime"))))
        else:
            tags = [{"Key": name, "Value": value} for name, value in desired.tags.items()]
            parameters = {**on_the_wire(wanted), "Tag": tags}
            if outcome.service_id:
                parameters["ServiceId"] = outcome.service_id
            self.tell("create the next draft" if outcome.service_id else "create the service")
            made = self.supplier.call("CreateService", self._once(parameters, outcome.version))
            outcome.service_id = str(made["ServiceId"])
        outcome.version = DRAFT
        outcome.status = self._settled(outcome, ("Draft",))
        self._check_criteria(outcome)

    def _artifact(self, desired: Desired, artifact: Artifact, outcome: Outcome) -> tuple[str, str]:
        """Return id and version of the released artifact with this content, made where it is not there."""
        tag = {"Key": ARTIFACT_IDENTITY, "Value": f"{desired.identity}/{artifact.key}"}
        rows = cast("list[Json]", self.supplier.call("ListArtifacts", {"Tag": [tag]}).get("Artifacts") or [])
        ours = [str(row["ArtifactId"]) for row in rows if tag in cast("list[Json]", row.get("Tags") or [])]
        versions: list[Json] = []
        if ours:
            listed = self.supplier.call("ListArtifactVersions", {"ArtifactId": ours[0], "MaxResults": 100})
            versions = cast("list[Json]", listed.get("Artifacts") or [])
            for row in versions:
                if row.get("VersionName") == artifact.version_name and row["ArtifactVersion"] != DRAFT:
                    return ours[0], self._delivered(ours[0], str(row["ArtifactVersion"]))
        parameters: Json = {
            name: artifact.definition[name]
            for name in ("Description", "SupportRegionIds", "ArtifactBuildProperty", "ArtifactProperty")
            if name in artifact.definition
        }
        parameters["VersionName"] = artifact.version_name
        if artifact.upload is not None:
            url = self._upload(artifact.upload, outcome)
            parameters["ArtifactProperty"] = {**cast("Json", parameters["ArtifactProperty"]), "Url": url}
        self.tell(f"artifact {artifact.key}: {artifact.version_name}")
        outcome.changes.append(f"artifact {artifact.key}")
        if any(row["ArtifactVersion"] == DRAFT for row in versions):
            identity = ours[0]
            self.supplier.call("UpdateArtifact", {"ArtifactId": identity, **parameters})
        else:
            fixed: Json = {
                n: artifact.definition[n] for n in ("ArtifactType", "ArtifactBuildType") if n in artifact.definition
            }
            more: Json = (
                {"ArtifactId": ours[0]} if ours else {"Name": artifact.definition["ArtifactName"], "Tag": [tag]}
            )
            made = self.supplier.call("CreateArtifact", self._once({**fixed, **parameters, **more}, str(len(versions))))
            identity = str(made["ArtifactId"])
        released = self.supplier.call("ReleaseArtifact", self._once({"ArtifactId": identity}, artifact.version_name))
        return identity, self._delivered(identity, str(released["ArtifactVersion"]))

    def _delivered(self, artifact_id: str, version: str) -> str:
        for _ in range(_POLLS):
            request: Json = {"ArtifactId": artifact_id, "ArtifactVersion": version}
            status = str(self.supplier.call("GetArtifact", request)["Status"])
            if status == "Available":
                return version
            if status not in _PASSING:
                raise NotAsSent(f"artifact {artifact_id} version {version} is {status}")
            self.wait(1)
        raise NotAsSent(f"artifact {artifact_id} version {version} is still being delivered", help="run again later")

    def _upload(self, upload: Upload, outcome: Outcome) -> str:
        self.tell(f"upload {upload.name} ({len(upload.content):,} bytes)")
        answer = self.supplier.call("GetUploadCredentials", {"FileName": upload.name, "Visibility": upload.visibility})
        data = cast("dict[str, str]", answer["Data"])
        credentials = Credentials(data["AccessKeyId"], data["AccessKeySecret"], data["SecurityToken"])
        self.objects.put(data["BucketName"], data["RegionId"], data["Key"], upload.content, credentials)
        outcome.uploads.append((upload.name, len(upload.content)))
        return f"https://{data['BucketName']}.oss-{data['RegionId']}.aliyuncs.com/{data['Key']}"

    def _settled(self, outcome: Outcome, wanted: tuple[str, ...]) -> str:
        for _ in range(_POLLS):
            status = str(self._service(outcome.service_id, outcome.version)["Status"])
            if status in wanted:
                return status
            if status not in _PASSING:
                raise NotAsSent(f"version {outcome.version} is {status}, expected {' or '.join(wanted)}")
            self.wait(1)
        raise NotAsSent(f"version {outcome.version} does not come to {' or '.join(wanted)}", help="run again later")

    def _check_criteria(self, outcome: Outcome) -> None:
        self.tell("ask for the cloud's own check of the draft")
        request: Json = {"ServiceId": outcome.service_id, "ServiceVersion": DRAFT}
        answer = self.supplier.call("GetServiceTemplateCriterionIssues", request)
        issues = [
            f"{entry['TemplateName']}: {issue['Position']}: {issue['Type']}"
            for entry in cast("list[Json]", answer.get("TemplateCriterionIssueList") or [])
            for issue in cast("list[Json]", entry.get("CriterionIssues") or [])
            if issue.get("Level") == "Mandatory"
        ]
        if issues:
            raise CriterionIssues(issues)

    # Launching

    def _launch(self, desired: Desired, outcome: Outcome) -> None:
        """Go on from the state that the version is in, as far as it goes without a reviewer."""
        identity: Json = {"ServiceId": outcome.service_id}
        if outcome.status == "Draft":
            self.tell("register for review")
            self.supplier.call("RegisterService", identity)
            outcome.changes.append("register")
            outcome.status = self._settled(outcome, ("Submitted", "Approved"))
        if outcome.status == "Submitted":
            outcome.waiting = "submitted for review: run the same command again when it is approved"
        elif outcome.status == "Approved":
            self.tell("launch")
            launched = self.supplier.call("LaunchService", {**identity, "ServiceVersion": DRAFT})
            outcome.changes.append("launch")
            outcome.version = str(launched.get("Version") or DRAFT)
            outcome.status = self._settled(outcome, ("Online",))
            self._read_back(desired, outcome)

    def _read_back(self, desired: Desired, outcome: Outcome) -> None:
        self.tell("read back and compare")
        answer = self._service(outcome.service_id, outcome.version)
        differing = self._differing(desired, answer, known_urls(answer))
        if differing:
            raise NotAsSent(f"the cloud has other values than were sent: {', '.join(sorted(differing))}")

    def _once(self, parameters: Json, occasion: str) -> Json:
        """Add a ClientToken: the same request on the same occasion is done once, however often it is sent."""
        text = f"{occasion}\n{sorted((name, str(value)) for name, value in parameters.items())}"
        return {**parameters, "ClientToken": sha256(text.encode()).hexdigest()[:32]}
