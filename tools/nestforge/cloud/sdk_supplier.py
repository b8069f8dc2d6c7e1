"""The supplier API through its official SDK; requests and answers keep the API's own names."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nestforge.cloud.errors import CloudRefused, FieldUnknown
from nestforge.cloud.supplier import (
    ArtifactSummary,
    ArtifactVersion,
    CriterionIssue,
    Registration,
    ServiceVersion,
    UploadTicket,
    VersionSummary,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nestforge.cloud.json_value import Json
    from nestforge.cloud.sdk_wire import Wire

PAGE = 100
JSON_TEXT = (
    "DeployMetadata",
    "OperationMetadata",
    "AlarmMetadata",
    "LicenseMetadata",
    "LogMetadata",
    "UpgradeMetadata",
)
"""Fields of a service that travel as JSON text."""

_NOT_DEFINITION = (
    "ServiceId",
    "Version",
    "Status",
    "StatusDetail",
    "RegistrationId",
    "Tags",
    "RequestId",
    "ServiceInfos",
)


class SdkSupplier:
    """Supplier over the SDK, which is imported with the first call."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._endpoint = wire.access.supplier_endpoint
        self._region = wire.access.region

    @cached_property
    def _client(self) -> Any:
        from alibabacloud_computenestsupplier20210521.client import Client

        return Client(self._wire.config(self._endpoint))

    def _call(self, action: str, fields: Mapping[str, object]) -> dict[str, Any]:
        from alibabacloud_computenestsupplier20210521 import models

        request = getattr(models, f"{action}Request")().from_map(dict(fields))
        _drop_empty_lists(request)
        if lost := {name for name, value in fields.items() if value != []} - set(request.to_map()):
            raise FieldUnknown(action, tuple(sorted(lost)))
        operation: Callable[[Any], Any] = getattr(self._client, _snake(action))
        return self._wire.call(action, self._endpoint, lambda: operation(request))

    def _pages(self, action: str, fields: Mapping[str, object], rows: str) -> Iterator[dict[str, Any]]:
        page = self._call(action, {**fields, "MaxResults": PAGE})
        yield from page.get(rows) or []
        while token := page.get("NextToken"):
            page = self._call(action, {**fields, "MaxResults": PAGE, "NextToken": token})
            yield from page.get(rows) or []

    def list_versions(self, tags: Mapping[str, str]) -> tuple[VersionSummary, ...]:
        """Return all versions of the services that carry `tags`."""
        fields = {"RegionId": self._region, "AllVersions": True, "Tag": _tag_list(tags)}
        return tuple(
            VersionSummary(
                service_id=str(row["ServiceId"]),
                version=str(row["Version"]),
                status=str(row["Status"]),
                version_name=str(row.get("VersionName") or ""),
                tags=_tags(row),
            )
            for row in self._pages("ListServices", fields, "Services")
        )

    def get_service(self, service_id: str, version: str) -> ServiceVersion:
        """Return one version."""
        fields = {"RegionId": self._region, "ServiceId": service_id, "ServiceVersion": version}
        body = self._call("GetService", fields)
        definition = {name: value for name, value in body.items() if name not in _NOT_DEFINITION}
        definition |= {name: json.loads(definition[name]) for name in JSON_TEXT if definition.get(name)}
        return ServiceVersion(
            service_id=str(body["ServiceId"]),
            version=str(body["Version"]),
            status=str(body["Status"]),
            tags=_tags(body),
            definition={**definition, "ServiceInfo": body.get("ServiceInfos") or []},
            status_detail=str(body.get("StatusDetail") or ""),
            registration_id=str(body.get("RegistrationId") or ""),
        )

    def create_service(
        self, definition: Mapping[str, Json], tags: Mapping[str, str], service_id: str | None, token: str
    ) -> str:
        """Create a service, or the next draft of `service_id`; return its id."""
        fields = {**self._definition(definition, token), "Tag": _tag_list(tags)}
        if service_id is not None:
            fields["ServiceId"] = service_id
        return str(self._call("CreateService", fields)["ServiceId"])

    def update_service(self, service_id: str, definition: Mapping[str, Json], token: str) -> None:
        """Change the fields given, of the draft."""
        self._call("UpdateService", {**self._definition(definition, token), "ServiceId": service_id})

    def _definition(self, definition: Mapping[str, Json], token: str) -> dict[str, object]:
        return {
            "RegionId": self._region,
            "ClientToken": token,
            **{name: _compact(value) if name in JSON_TEXT else value for name, value in definition.items()},
        }

    def tag_service(self, service_id: str, tags: Mapping[str, str]) -> None:
        """Add tags, or change their values."""
        fields = {"RegionId": self._region, "ResourceType": "service", "ResourceId": [service_id]}
        self._call("TagResources", {**fields, "Tag": _tag_list(tags)})

    def untag_service(self, service_id: str, names: Sequence[str]) -> None:
        """Remove the tags with these names."""
        fields = {"RegionId": self._region, "ResourceType": "service", "ResourceId": [service_id]}
        self._call("UnTagResources", {**fields, "TagKey": list(names)})

    def criterion_issues(self, service_id: str, version: str) -> tuple[CriterionIssue, ...]:
        """Return what the cloud's check says of the templates."""
        fields = {"RegionId": self._region, "ServiceId": service_id, "ServiceVersion": version}
        body = self._call("GetServiceTemplateCriterionIssues", fields)
        return tuple(
            CriterionIssue(
                template=str(template.get("TemplateName")),
                level=str(issue.get("Level")),
                position=str(issue.get("Position")),
                type=str(issue.get("Type")),
            )
            for template in body.get("TemplateCriterionIssueList") or []
            for issue in template.get("CriterionIssues") or []
        )

    def register_service(self, service_id: str, token: str) -> str:
        """Hand the draft in for review; return the registration's id."""
        fields = {"RegionId": self._region, "ServiceId": service_id, "ClientToken": token}
        return str(self._call("RegisterService", fields)["RegistrationId"])

    def get_registration(self, registration_id: str) -> Registration:
        """Return a review."""
        fields = {"RegionId": self._region, "RegistrationId": registration_id}
        body = self._call("GetServiceRegistration", fields)
        return Registration(registration_id, str(body["Status"]), str(body.get("Comment") or ""))

    def cancel_registration(self, registration_id: str, token: str) -> None:
        """Take a version back from review; it is a draft again."""
        fields = {"RegionId": self._region, "RegistrationId": registration_id, "ClientToken": token}
        self._call("CancelServiceRegistration", fields)

    def launch_service(self, service_id: str, version: str, token: str) -> str:
        """Put an approved draft, or an offline version, online; return the version it is now."""
        fields = {"RegionId": self._region, "ServiceId": service_id, "ServiceVersion": version}
        return str(self._call("LaunchService", {**fields, "ClientToken": token}).get("Version") or version)

    def list_artifacts(self, tags: Mapping[str, str]) -> tuple[ArtifactSummary, ...]:
        """Return the artifacts that carry `tags`."""
        return tuple(
            ArtifactSummary(str(row["ArtifactId"]), str(row.get("Name") or ""), _tags(row))
            for row in self._pages("ListArtifacts", {"Tag": _tag_list(tags)}, "Artifacts")
        )

    def list_artifact_versions(self, artifact_id: str) -> tuple[ArtifactVersion, ...]:
        """Return all versions of an artifact."""
        rows = self._pages("ListArtifactVersions", {"ArtifactId": artifact_id}, "Artifacts")
        return tuple(_artifact_version(artifact_id, row) for row in rows)

    def get_artifact(self, artifact_id: str, version: str) -> ArtifactVersion:
        """Return one version."""
        fields = {"ArtifactId": artifact_id, "ArtifactVersion": version}
        return _artifact_version(artifact_id, self._call("GetArtifact", fields))

    def create_artifact(
        self, definition: Mapping[str, Json], tags: Mapping[str, str], artifact_id: str | None, token: str
    ) -> str:
        """Create an artifact, or the next draft of `artifact_id`; return its id."""
        fields: dict[str, object] = {**definition, "ClientToken": token, "Tag": _tag_list(tags)}
        if artifact_id is not None:
            fields["ArtifactId"] = artifact_id
        return str(self._call("CreateArtifact", fields)["ArtifactId"])

    def update_artifact(self, artifact_id: str, definition: Mapping[str, Json], token: str) -> None:
        """Change the draft."""
        fixed = ("Name", "ArtifactType", "ArtifactBuildType")  # UpdateArtifact has no such fields
        changeable = {name: value for name, value in definition.items() if name not in fixed}
        self._call("UpdateArtifact", {**changeable, "ArtifactId": artifact_id, "ClientToken": token})

    def release_artifact(self, artifact_id: str, token: str) -> str:
        """Make the draft a version that services can name; return it."""
        fields = {"ArtifactId": artifact_id, "ClientToken": token}
        return str(self._call("ReleaseArtifact", fields)["ArtifactVersion"])

    def upload_ticket(self, file_name: str, *, public: bool) -> UploadTicket:
        """Return leave to upload one file."""
        visibility = "public" if public else "private"
        body = self._call("GetUploadCredentials", {"FileName": file_name, "Visibility": visibility})
        data = body.get("Data")
        if not data:  # this operation reports a failure inside an answer of status 200
            code, message = str(body.get("Code") or "NoData"), str(body.get("Message") or "no credentials given")
            raise CloudRefused("GetUploadCredentials", code, message, str(body.get("RequestId") or ""))
        return UploadTicket(
            bucket=str(data["BucketName"]),
            region=str(data["RegionId"]),
            key=str(data["Key"]),
            access_key_id=str(data["AccessKeyId"]),
            access_key_secret=str(data["AccessKeySecret"]),
            security_token=str(data["SecurityToken"]),
        )


def _drop_empty_lists(model: Any) -> None:
    """Undo what from_map does to lists that were not given: some would travel as the JSON text `[]`."""
    for name, value in list(vars(model).items()):
        if value == []:
            setattr(model, name, None)
        elif isinstance(value, list):
            for item in value:
                if hasattr(item, "to_map"):
                    _drop_empty_lists(item)
        elif hasattr(value, "to_map"):
            _drop_empty_lists(value)


def _snake(action: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in action).lstrip("_")


def _compact(value: Json) -> str:
    """Metadata stands in the request's URL: no blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _tag_list(tags: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def _tags(row: Mapping[str, Any]) -> dict[str, str]:
    return {str(tag["Key"]): str(tag.get("Value") or "") for tag in row.get("Tags") or []}


def _artifact_version(artifact_id: str, row: Mapping[str, Any]) -> ArtifactVersion:
    try:
        properties = json.loads(row.get("ArtifactProperty") or "{}")
    except ValueError:
        properties = {}
    return ArtifactVersion(
        artifact_id=artifact_id,
        version=str(row["ArtifactVersion"]),
        status=str(row["Status"]),
        version_name=str(row.get("VersionName") or ""),
        url=str(properties.get("Url") or "") if isinstance(properties, dict) else "",
        status_detail=str(row.get("StatusDetail") or ""),
    )
