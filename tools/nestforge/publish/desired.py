"""What the target shall hold, read from the package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SERVICE_TAG = "nestforge:service"
ARTIFACT_TAG = "nestforge:artifact"
LINKS_TAG = "nestforge:artifacts"
HANDED_IN_TAG = "nestforge:handed-in"
"""What the review under way is about: its id and the hash of what was handed in."""
NAMES_TAG = "nestforge:tags"
"""Which of the other tags are from service.yaml."""
OWN_PREFIX = "nestforge:"


@dataclass(frozen=True, slots=True)
class FileUrl:
    """Stands for the URL of an uploaded file, by its content-addressed name."""

    name: str


@dataclass(frozen=True, slots=True)
class ArtifactId:
    """Stands for the id of an artifact, by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class ArtifactRelease:
    """Stands for the version of an artifact that has the wanted content."""

    key: str


Value: TypeAlias = (
    "bool | int | float | str | FileUrl | ArtifactId | ArtifactRelease | Sequence[Value] | Mapping[str, Value] | None"
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of the package as it is uploaded; `name` holds the first half of its sha256."""

    name: str
    path: str
    content: bytes
    media_type: str
    public: bool


@dataclass(frozen=True, slots=True)
class DesiredArtifact:
    """An artifact. `version_name` holds the hash of all that makes its content."""

    key: str
    name: str
    version_name: str
    tag: str
    definition: Mapping[str, Value]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desired:
    """A service: its identity, its fields by CreateService's names, and what these refer to."""

    identity: str
    tags: Mapping[str, str]
    definition: Mapping[str, Value]
    uploads: Mapping[str, Upload]
    templates: tuple[str, ...]
    artifacts: Mapping[str, DesiredArtifact]

    @property
    def display_name(self) -> str:
        """Return what the service is called in messages."""
        return f"service {self.identity}"
