"""A view of a package's config.yaml: what relates templates to artifacts, and what the artifacts are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.sources.compose import compose
from nestforge.sources.nodes import entries, items, pairs, scalar

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.nodes import Node

    from nestforge.model.diagnostic import Span

RELATIONS = ("ArtifactRelation", "FileArtifactRelation", "AcrImageArtifactRelation", "HelmChartArtifactRelation")
Way = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """What a token of the templates stands for. `names` are its `${Artifact.Name…}` references."""

    section: str
    token: str
    span: Span
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuildCommand:
    """The command that builds an artifact."""

    artifact: str
    content: str
    span: Span


@dataclass(frozen=True, slots=True)
class PresetParameter:
    """A value that a predefined parameter package sets, and the template that it is for."""

    template: str
    name: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Config:
    """What rules ask of config.yaml."""

    relations: tuple[Relation, ...]
    artifacts: frozenset[str]
    commands: tuple[BuildCommand, ...]
    presets: tuple[PresetParameter, ...]


def read_config(text: str, place: Callable[[Way, Node], Span]) -> Config:
    """Return the view of config.yaml; `place` says where the value that a way leads to is edited."""
    root = compose(text)
    service = entries(entries(root).get("Service"))
    deploy = entries(service.get("DeployMetadata"))
    artifacts = entries(entries(root).get("Artifact"))
    return Config(
        relations=_relations(entries(deploy.get("SupplierDeployMetadata")), place),
        artifacts=frozenset(artifacts),
        commands=tuple(
            BuildCommand(name, content, place(("Artifact", name, "ArtifactBuildProperty", "CommandContent"), node))
            for name, artifact in artifacts.items()
            if (node := entries(entries(artifact).get("ArtifactBuildProperty")).get("CommandContent")) is not None
            and (content := scalar(node)) is not None
        ),
        presets=_presets(deploy, place),
    )


def _relations(supplier: dict[str, Node], place: Callable[[Way, Node], Span]) -> tuple[Relation, ...]:
    result = []
    for section in RELATIONS:
        for key, value in pairs(supplier.get(section)):
            token = scalar(key) or ""
            names = tuple(
                written.removeprefix("${Artifact.").partition(".")[0]
                for node in entries(value).values()
                if (written := scalar(node) or "").startswith("${Artifact.")
            )
            result.append(Relation(section, token, place((section, token), key), names))
    return tuple(result)


def _presets(deploy: dict[str, Node], place: Callable[[Way, Node], Span]) -> tuple[PresetParameter, ...]:
    result = []
    for edition, template in enumerate(items(deploy.get("TemplateConfigs"))):
        url = scalar(entries(template).get("Url")) or ""
        for package, preset in enumerate(items(entries(template).get("PredefinedParameters"))):
            for key, value in pairs(entries(preset).get("Parameters")):
                name = scalar(key) or ""
                way: Way = ("PredefinedParameters", edition, package, name)
                result.append(PresetParameter(url, name, scalar(value) or "", place(way, key)))
    return tuple(result)
