"""The supplier API as publishing needs it: services, their versions and reviews, artifacts, uploads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nestforge.cloud.json_value import Json

DRAFT = "draft"
"""The literal version of what is not published yet [assumed, as computenest-cli does]."""


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """One version of a service, as a list shows it."""

    service_id: str
    version: str
    status: str
    version_name: str
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ServiceVersion:
    """One version of a service with all its fields, by the names that CreateService has for them.

    Metadata that travels as JSON text is parsed; what the cloud did not answer is absent.
    """

    service_id: str
    version: str
    status: str
    tags: Mapping[str, str]
    definition: Mapping[str, Json]
    status_detail: str = ""
    registration_id: str = ""


@dataclass(frozen=True, slots=True)
class Registration:
    """A review: Submitted, Approved, Rejected, Canceled or Executed."""

    registration_id: str
    status: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ArtifactSummary:
    """An artifact, as a list shows it."""

    artifact_id: str
    name: str
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ArtifactVersion:
    """One version of an artifact; `url` is that of its file, where it is one."""

    artifact_id: str
    version: str
    status: str
    version_name: str
    url: str = ""
    status_detail: str = ""


@dataclass(frozen=True, slots=True)
class UploadTicket:
    """Leave to write one object, for a short time."""

    bucket: str
    region: str
    key: str
    access_key_id: str
    access_key_secret: str = field(repr=False)
    security_token: str = field(repr=False)

    @property
    def url(self) -> str:
        """Return how the supplier API refers to the object."""
        return f"https://{self.bucket}.oss-{self.region}.aliyuncs.com/{self.key}"


@dataclass(frozen=True, slots=True)
class CriterionIssue:
    """What the cloud's own check says of a stored template."""

    template: str
    level: str
    position: str
    type: str

    @property
    def is_mandatory(self) -> bool:
        """Whether a review would refuse the template for it."""
        return self.level == "Mandatory"


class Supplier(Protocol):
    """The operations. Each raises CloudRefused or CloudUnreachable; `token` is a ClientToken."""

    def list_versions(self, tags: Mapping[str, str]) -> tuple[VersionSummary, ...]:
        """Return all versions of the services that carry `tags`."""

    def get_service(self, service_id: str, version: str) -> ServiceVersion:
        """Return one version."""

    def create_service(
        self, definition: Mapping[str, Json], tags: Mapping[str, str], service_id: str | None, token: str
    ) -> str:
        """Create a service, or the next draft of `service_id`; return its id."""

    def update_service(self, service_id: str, definition: Mapping[str, Json], token: str) -> None:
        """Change the fields given, of the draft."""

    def tag_service(self, service_id: str, tags: Mapping[str, str]) -> None:
        """Add tags, or change their values."""

    def untag_service(self, service_id: str, names: Sequence[str]) -> None:
        """Remove the tags with these names."""

    def criterion_issues(self, service_id: str, version: str) -> tuple[CriterionIssue, ...]:
        """Return what the cloud's check says of the templates."""

    def register_service(self, service_id: str, token: str) -> str:
        """Hand the draft in for review; return the registration's id."""

    def get_registration(self, registration_id: str) -> Registration:
        """Return a review."""

    def cancel_registration(self, registration_id: str, token: str) -> None:
        """Take a version back from review; it is a draft again."""

    def launch_service(self, service_id: str, version: str, token: str) -> str:
        """Put an approved draft, or an offline version, online; return the version it is now."""

    def list_artifacts(self, tags: Mapping[str, str]) -> tuple[ArtifactSummary, ...]:
        """Return the artifacts that carry `tags`."""

    def list_artifact_versions(self, artifact_id: str) -> tuple[ArtifactVersion, ...]:
        """Return all versions of an artifact."""

    def get_artifact(self, artifact_id: str, version: str) -> ArtifactVersion:
        """Return one version."""

    def create_artifact(
        self, definition: Mapping[str, Json], tags: Mapping[str, str], artifact_id: str | None, token: str
    ) -> str:
        """Create an artifact, or the next draft of `artifact_id`; return its id."""

    def update_artifact(self, artifact_id: str, definition: Mapping[str, Json], token: str) -> None:
        """Change the draft."""

    def release_artifact(self, artifact_id: str, token: str) -> str:
        """Make the draft a version that services can name; return it."""

    def upload_ticket(self, file_name: str, *, public: bool) -> UploadTicket:
        """Return leave to upload one file."""
