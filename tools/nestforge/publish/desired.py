"""What the package says the service shall be."""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, cast

import yaml

from nestforge.assemble.layout import CONFIG
from nestforge.publish.self_contained import self_contained

if TYPE_CHECKING:
    from pathlib import Path

IDENTITY = "nestforge:service"
ARTIFACT_IDENTITY = "nestforge:artifact"
_HASH = 16

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that the other side keeps, under a name that its content decides."""

    path: str
    name: str
    content: bytes
    visibility: str


@dataclass(frozen=True, slots=True)
class Artifact:
    """A deployment package, and the tokens that templates name it by."""

    key: str
    definition: Json
    upload: Upload | None
    version_name: str


@dataclass(frozen=True, slots=True)
class Desired:
    """The service: its definition as config.yaml has it, the files and artifacts that it names."""

    identity: str
    tags: dict[str, str]
    service: Json
    uploads: tuple[Upload, ...]
    artifacts: tuple[Artifact, ...]

    @property
    def templates(self) -> tuple[Upload, ...]:
        """The ROS templates among the files."""
        return tuple(u for u in self.uploads if u.path.endswith((".yaml", ".yml")))


def read_desired(package: Path) -> Desired:
    """Return what `package` holds, a folder that nestforge built."""
    config = cast("dict[str, Json]", yaml.load((package / CONFIG).read_text(encoding="utf-8"), yaml.CSafeLoader))
    service = config["Service"]
    tags = cast("dict[str, str]", service["Tags"])
    uploads: dict[str, Upload] = {}

    def upload(path: object, visibility: str) -> Upload:
        name = str(path)
        if name not in uploads:
            uploads[name] = _upload(package, name, visibility)
        return uploads[name]

    for info in cast("list[Json]", service["ServiceInfo"]):
        upload(info["Image"], "public")
        upload(info["LongDescriptionUrl"], "public")
    for template in templates_of(service):
        upload(template["Url"], "private")
        upload(template["ArchitectureDiagramUrl"], "private")
    artifacts = tuple(_artifact(package, key, definition) for key, definition in config["Artifact"].items())
    return Desired(tags[IDENTITY], tags, service, tuple(uploads.values()), artifacts)


def templates_of(service: Json) -> list[Json]:
    """Return the entries of DeployMetadata.TemplateConfigs."""
    return cast("list[Json]", cast("Json", service["DeployMetadata"])["TemplateConfigs"])


def _upload(package: Path, path: str, visibility: str) -> Upload:
    inside = posixpath.normpath(posixpath.join(".computenest", path))
    content = (package / inside).read_bytes()
    if inside.endswith(".md"):
        folder = posixpath.dirname(inside)
        content = self_contained(content.decode(), folder, lambda name: (package / name).read_bytes()).encode()
    stem, ending = posixpath.splitext(posixpath.basename(inside))
    return Upload(path, f"{stem}-{sha256(content).hexdigest()[:_HASH]}{ending}", content, visibility)


def _artifact(package: Path, key: str, definition: object) -> Artifact:
    fields = cast("Json", definition)
    local = cast("Json", fields.get("ArtifactProperty", {})).get("Url")
    upload = _upload(package, str(local), "private") if local else None
    text = json.dumps([fields, upload.name if upload else None], sort_keys=True)
    return Artifact(key, fields, upload, f"nestforge-{sha256(text.encode()).hexdigest()[:_HASH]}")
