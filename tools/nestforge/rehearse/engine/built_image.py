"""What the package's image build makes of an ECS image, as its own command says it."""

from __future__ import annotations

import hashlib
import json
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from nestforge.model.errors import NestforgeError

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = ".computenest/config.yaml"
MANIFEST, FACTS = "/etc/llm/model.manifest", "/etc/llm/image.json"
_SCRIPT = "#!"


class NoImageBuild(NestforgeError):
    """The package builds no such ECS image, or not as scripts/image/build.sh does."""

    def __init__(self, artifact: str, reason: str) -> None:
        super().__init__(f"the ECS image {artifact} cannot be rehearsed: {reason}", help="see scripts/image/build.sh")


@dataclass(frozen=True, slots=True)
class BuiltEngine:
    """An engine's release in the image: where it is built from, its container image, and the packages added."""

    release: str
    version: str
    kind: str
    source: str
    image: str
    packages: str

    @property
    def source_digest(self) -> str:
        """The source image by digest; in a rehearsal, one derived from its name."""
        return f"{self.source.rpartition(':')[0]}@sha256:{_sha256(self.source)}"

    @property
    def image_id(self) -> str:
        """The id of the container image: the same inputs give the same."""
        return f"sha256:{_sha256(' '.join((self.source, self.image, self.packages)))}"


@dataclass(frozen=True, slots=True)
class ImageBuild:
    """The header of the command that builds the ECS image of a model."""

    image_build: str
    model: str
    revision: str
    model_root: str
    engines: tuple[BuiltEngine, ...]

    def files(self, manifest: str) -> dict[str, bytes]:
        """Return the record that the build leaves on the disk; `manifest` lists the model's files."""
        digest = _sha256(manifest)
        engines = {
            one.release: {
                "version": one.version,
                "image": one.image,
                "image_id": one.image_id,
                "source": one.source_digest,
            }
            for one in self.engines
        }
        facts = {
            "image_build": self.image_build,
            "model": self.model,
            "revision": self.revision,
            "commit": digest[:40],
            "manifest_sha256": digest,
            "engines": engines,
        }
        return {FACTS: (json.dumps(facts, indent=2) + "\n").encode(), MANIFEST: manifest.encode()}


def image_builds(package: Path) -> dict[str, ImageBuild]:
    """Return the builds of a package's ECS images, by the name of their artifact. Raises NoImageBuild."""
    config = yaml.load((package / CONFIG).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    builds = {}
    for artifact in (config.get("Artifact") or {}).values():
        if artifact["ArtifactType"] == "EcsImage":
            name = artifact["ArtifactName"]
            builds[name] = read_build(name, artifact.get("ArtifactBuildProperty", {}).get("CommandContent", ""))
    return builds


def read_build(artifact: str, command: str) -> ImageBuild:
    """Return what the header of the command says. Raises NoImageBuild."""
    values: dict[str, str] = {}
    engines: list[str] = []
    try:
        header = [(line, shlex.split(line)) for line in _header(command)]
    except ValueError as error:
        raise NoImageBuild(artifact, f"its build command has no header that can be read: {error}") from None
    for line, words in header:
        name, equals, value = words[0].partition("=") if words else ("", "", "")
        if line.startswith("  ") and len(words) == 1:
            engines.append(words[0])
        elif equals:
            values[name] = value
    lacking = [name for name in ("IMAGE_BUILD", "MODEL", "REVISION", "MODEL_ROOT") if not values.get(name)]
    if lacking or not engines:
        raise NoImageBuild(artifact, f"its build command sets no {', '.join(lacking) or 'ENGINES'}")
    built = [entry.split("|") for entry in engines]
    if any(len(fields) != 6 for fields in built):
        raise NoImageBuild(artifact, "an entry of ENGINES has not six fields")
    return ImageBuild(
        values["IMAGE_BUILD"],
        values["MODEL"],
        values["REVISION"],
        values["MODEL_ROOT"],
        tuple(BuiltEngine(*fields) for fields in built),
    )


def _header(command: str) -> list[str]:
    """Return the lines between the first and the second script's beginning."""
    lines = command.splitlines()
    beginnings = [index for index, line in enumerate(lines) if line.startswith(_SCRIPT)]
    return lines[1 : beginnings[1]] if len(beginnings) > 1 else []


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
