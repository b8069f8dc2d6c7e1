"""A view of a package's config.yaml: what relates templates to artifacts, and what the artifacts are."""

from __future__ import annotations

import posixpath
import re
from typing import cast

from nestforge.lint.budget import Budget
from nestforge.model.dataclass import dataclass
from nestforge.sources.aliases import endless_in
from nestforge.sources.compose import compose
from nestforge.sources.config_part import NULL, Part, Way
from nestforge.sources.libyaml import MarkedYAMLError
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from yaml.error import Mark
    from yaml.nodes import Node

    from nestforge.model.diagnostic import Span

RELATIONS = ("ArtifactRelation", "FileArtifactRelation", "AcrImageArtifactRelation", "HelmChartArtifactRelation")
SUPPLIER = "SupplierDeployMetadata"
ARTIFACT = re.compile(r"\$\{Artifact\.([^.}]+)[^}]*\}")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a token of the templates stands for. `names` are its `${Artifact.Name…}` references."""

    section: str
    token: str
    span: Span
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuildCommand:
    """The command that builds an artifact, or an image for one, and the kind of script that it is."""

    artifact: str
    content: str
    span: Span
    kind: str
    node: Node

    def line_at(self, line: int) -> int:
        """Return the line of config.yaml that has a line of the command; of a quoted one, where it begins."""
        first = self.node.start_mark.line + 1
        return first + line if getattr(self.node, "style", None) == "|" else first


@dataclass(frozen=True, slots=True)
class PresetParameter:
    """A value that a predefined parameter package sets, and the template that it is for.

    `value` is None where it is no scalar, or is given only when the service is imported.
    """

    template: str
    name: str
    value: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Edition:
    """A template as config.yaml offers it; `path` is its place in the package, empty for an address or nothing."""

    part: Part
    name: str
    path: str
    for_supplier: bool


@dataclass(frozen=True, slots=True)
class Config:
    """What rules ask of config.yaml. `paths` are the templates by name: the buyer's, and the supplier's account's."""

    path: str
    root: Part
    relations: tuple[Relation, ...]
    artifacts: dict[str, Part]
    commands: tuple[BuildCommand, ...]
    builders: tuple[BuildCommand, ...]
    presets: tuple[PresetParameter, ...]
    editions: tuple[Edition, ...]
    paths: dict[str, set[str]]

    def at(self, *names: str) -> Part | None:
        """Return the value that the keys lead to."""
        return self.root.at(*names)

    def entries(self, *names: str) -> list[Part]:
        """Return the values of the mapping that the keys lead to."""
        return self.root.entries_at(*names)

    def without_commands(self, text: str) -> str:
        """Return the text of config.yaml with empty lines in place of those of the commands."""
        lines = text.split("\n")
        for command in (*self.commands, *self.builders):
            for index in range(command.node.start_mark.line + 1, command.node.end_mark.line):
                lines[index] = ""
        return "\n".join(lines)

    @property
    def information(self) -> list[Part]:
        """The service in each language: a list, or the one language by itself."""
        part = self.root.at("Service", "ServiceInfo")
        return part.one_or_more if part else []


def read_config(text: str, place: Callable[[Way, Node], Span], path: str = ".computenest/config.yaml") -> Config | None:
    """Return the view of config.yaml, None where it holds nothing; raises YAMLError.

    `place` says where the value that a way leads to is edited.
    """
    node = compose(text)
    if node is None:
        return None
    if found := endless_in(node, Budget.for_lines(text.count("\n") + 1).left):
        raise MarkedYAMLError(problem=found[1], problem_mark=cast("Mark | None", found[0].start_mark))
    root = Part((), node, node, place)
    folder = posixpath.dirname(path)
    editions = tuple(
        Edition(part, part.text_at("Name"), path_of(part.text_at("Url"), folder), supplier)
        for supplier, way in ((False, ("TemplateConfigs",)), (True, (SUPPLIER, "SupplierTemplateConfigs")))
        for part in root.items_at("Service", "DeployMetadata", *way)
    )
    paths: dict[str, set[str]] = {}
    for edition in editions:
        if edition.path:
            paths.setdefault(edition.name, set()).add(edition.path)
    artifacts = {part.name: part for part in root.entries_at("Artifact")}
    return Config(
        path,
        root,
        relations=tuple(
            Relation(
                section,
                part.name,
                part.key_span,
                tuple(name for value in part.entries for name in ARTIFACT.findall(value.text)),
            )
            for section in RELATIONS
            for part in root.entries_at("Service", "DeployMetadata", SUPPLIER, section)
        ),
        artifacts=artifacts,
        commands=tuple(_commands(artifacts.values(), "ArtifactBuildProperty")),
        builders=tuple(_commands(root.entries_at("ImageBuilder"))),
        presets=tuple(preset for edition in editions for preset in _presets(edition)),
        editions=editions,
        paths=paths,
    )


def path_of(written: str, folder: str) -> str:
    """Return the place in the package of what config.yaml names; empty for an address and for what is open."""
    if not written or _ADDRESS.match(written) or "${" in written:
        return ""
    return posixpath.normpath(posixpath.join(folder, written))


def scalars_below(root: Part) -> Iterator[Part]:
    """Yield every scalar, an alias's only once."""
    waiting, seen = [root], set[int]()
    while waiting:
        part = waiting.pop()
        if id(part.node) in seen:
            continue
        seen.add(id(part.node))
        below = [*part.items, *part.entries]
        if not below:
            yield part
        waiting += reversed(below)


def _commands(parts: Iterable[Part], *way: str) -> Iterator[BuildCommand]:
    for part in parts:
        content = part.at(*way, "CommandContent")
        if content and content.text:
            yield BuildCommand(part.name, content.text, content.span, part.text_at(*way, "CommandType"), content.node)


def _presets(edition: Edition) -> list[PresetParameter]:
    return [
        PresetParameter(edition.path, parameter.name, _value(choice), parameter.key_span)
        for package in edition.part.items_at("PredefinedParameters")
        for parameter in package.entries_at("Parameters")
        for choice in (parameter.items or [parameter])
    ]


def _value(part: Part) -> str | None:
    text = scalar(part.node)
    return None if part.is_open or part.node.tag == NULL else text
