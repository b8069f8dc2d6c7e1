"""Read a package from the disk into the state that is desired on the target."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, cast

import yaml
from yaml import CSafeLoader

from nestforge.assemble.layout import CONFIG
from nestforge.publish.desired import (
    SERVICE_TAG,
    ArtifactId,
    ArtifactRelease,
    Desired,
    DesiredArtifact,
    FileUrl,
    Upload,
    Value,
)
from nestforge.publish.errors import PackageUnusable
from nestforge.publish.inline_images import inline_images
from nestforge.publish.media_type import media_type
from nestforge.publish.references import files_of

if TYPE_CHECKING:
    from pathlib import Path

HASH_LENGTH = 16

_RELATION = re.compile(r"\$\{Artifact\.([^.}]+)\.(ArtifactId|ArtifactVersion)\}")
_NOT_SENT = ("RegionId", "Tags")
_PUBLIC = ("Image", "LongDescriptionUrl")
_PRIVATE = ("Url", "ArchitectureDiagramUrl", "TemplateUrl")
_HOLDERS = ("TemplateConfigs", "SupplierTemplateConfigs", "Actions", "ServiceInfo", "ArtifactProperty")
"""Where a path to a file of the package may stand; an Agreement's Url, say, is an address as it is."""


def read_package(folder: Path, region: str) -> Desired:
    """Return what the package in `folder` describes, for a target in `region`. Raises PackageUnusable.

    The package is the same for every target: it says in which region images are built, but a file is uploaded
    where the target is, and its artifact must name that region.
    """
    return _Reader(folder, region).desired()


class _Reader:
    def __init__(self, folder: Path, region: str) -> None:
        self.folder = folder
        self.region = region
        self.uploads: dict[str, Upload] = {}
        self.templates: list[str] = []

    def desired(self) -> Desired:
        try:
            config = yaml.load(self.read(CONFIG), Loader=CSafeLoader)
        except (yaml.YAMLError, ValueError) as error:
            raise PackageUnusable(f"{CONFIG} is no YAML") from error
        service = config.get("Service") if isinstance(config, dict) else None
        if not isinstance(service, dict):
            raise PackageUnusable(f"{CONFIG} has no Service")
        tags = {str(name): str(value) for name, value in (service.get("Tags") or {}).items()}
        if not tags.get(SERVICE_TAG):
            raise PackageUnusable(f"{CONFIG} has no tag {SERVICE_TAG}, the identity of the service")
        identity = tags[SERVICE_TAG]
        fields = {name: value for name, value in service.items() if name not in _NOT_SENT}
        fields["ServiceInfo"] = _listed(fields.get("ServiceInfo"))
        # Private services need it said (the SDK's own documentation of CreateService).
        fields.setdefault("IsSupportOperated", False)
        definition = cast("dict[str, Value]", self.value(fields, ""))
        artifacts = {key: self.artifact(identity, key, entry) for key, entry in (config.get("Artifact") or {}).items()}
        return Desired(identity, tags, definition, self.uploads, tuple(self.templates), artifacts)

    def artifact(self, identity: str, key: str, entry: Mapping[str, object]) -> DesiredArtifact:
        """The content hash covers every property, a file by its own hash: `FileUrl.name` holds it."""
        fields = {name: value for name, value in entry.items() if name not in ("ArtifactName", "VersionName")}
        definition = cast("dict[str, Value]", self.value(fields, ""))
        definition["Name"] = str(entry.get("ArtifactName") or f"{identity}-{key}")
        version_name = f"sha256-{content_hash(definition)}"
        return DesiredArtifact(
            key=key,
            name=str(definition["Name"]),
            version_name=version_name,
            tag=f"{identity}/{key}",
            definition={**definition, "VersionName": version_name},
            files=tuple(dict.fromkeys(files_of(definition))),
        )

    def value(self, value: object, holder: str) -> Value:
        """Return `value` with every path and every artifact's token replaced by what it stands for."""
        if isinstance(value, Mapping):
            return self.mapping(value, holder)
        if isinstance(value, list):
            return [self.value(item, holder) for item in value]
        if value is None or isinstance(value, bool | int | float | str):
            return value
        raise PackageUnusable(f"{CONFIG} holds a {type(value).__name__}, which JSON has not")

    def mapping(self, mapping: Mapping[str, object], holder: str) -> dict[str, Value]:
        result: dict[str, Value] = {}
        for name, item in mapping.items():
            if isinstance(item, str) and holder in _HOLDERS and name in (*_PUBLIC, *_PRIVATE) and _is_path(item):
                is_template = name == "Url" and holder.endswith("TemplateConfigs")
                result[name] = self.file(item, public=name in _PUBLIC, is_template=is_template)
            else:
                result[name] = self.value(item, str(name))
        if holder == "ArtifactProperty" and isinstance(result.get("Url"), FileUrl):
            result["RegionId"] = self.region
        link = _RELATION.fullmatch(str(mapping.get("ArtifactId") or ""))
        if link:
            result["ArtifactId"] = ArtifactId(link[1])
            result["ArtifactVersion"] = ArtifactRelease(link[1])
        return result

    def file(self, path: str, *, public: bool, is_template: bool) -> FileUrl:
        """Note the file at `path`, relative to config.yaml, as one to upload."""
        place = posixpath.normpath(posixpath.join(posixpath.dirname(CONFIG), path))
        content = self.read(place)
        if place.endswith(".md"):
            beside = posixpath.dirname(place)

            def beside_it(relative: str) -> bytes:
                return self.read(posixpath.normpath(posixpath.join(beside, relative)))

            content = inline_images(self.text(place, content), beside_it).encode()
        stem, ending = _split(posixpath.basename(place))
        name = f"{stem}-{sha256(content).hexdigest()[:HASH_LENGTH]}{ending}"
        self.uploads.setdefault(name, Upload(name, place, content, media_type(place), public))
        if is_template and name not in self.templates:
            self.text(place, content)
            self.templates.append(name)
        return FileUrl(name)

    def text(self, place: str, content: bytes) -> str:
        try:
            return content.decode()
        except UnicodeDecodeError as error:
            raise PackageUnusable(f"{place} is not UTF-8") from error

    def read(self, place: str) -> bytes:
        if place.startswith(("../", "/")):
            raise PackageUnusable(f"{CONFIG} names '{place}', which is not in the package")
        try:
            return (self.folder / place).read_bytes()
        except OSError as error:
            raise PackageUnusable(f"{place}: {error.strerror}") from error


def content_hash(value: Value) -> str:
    """Return a hash of `value` that any other order of its keys has as well."""
    text = json.dumps(value, sort_keys=True, default=_reference)
    return sha256(text.encode()).hexdigest()[:HASH_LENGTH]


def _reference(value: object) -> dict[str, object]:
    assert isinstance(value, FileUrl | ArtifactId | ArtifactRelease)
    return {type(value).__name__: value.name if isinstance(value, FileUrl) else value.key}


def _is_path(text: str) -> bool:
    return "://" not in text


def _split(name: str) -> tuple[str, str]:
    if name.endswith(".tar.gz"):
        return name.removesuffix(".tar.gz"), ".tar.gz"
    return posixpath.splitext(name)


def _listed(value: object) -> Sequence[object]:
    """Return ServiceInfo as the list that the API takes; config.yaml may hold one map."""
    if isinstance(value, list):
        return value
    return [value] if value else []
