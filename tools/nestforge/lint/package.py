"""A view of a Compute Nest package for rules: its templates, its configuration and its documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from nestforge.assemble.layout import CONFIG, template_path
from nestforge.lint.config import Config, PresetParameter, read_config
from nestforge.lint.config_schema import faults_of
from nestforge.lint.markdown import outline
from nestforge.model.diagnostic import Span
from nestforge.sources.compose import compose
from nestforge.sources.libyaml import YAMLError
from nestforge.sources.template import Template

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yaml.nodes import Node

    from nestforge.lint.config_schema import Fault
    from nestforge.lint.markdown import Outline
    from nestforge.model.build import Build
    from nestforge.model.project import Project
    from nestforge.sources.config_part import Way


class Files(Protocol):
    """Which files a package has."""

    def has(self, path: str) -> bool:
        """Return whether there is a file at `path`."""

    def beside(self, path: str) -> Iterable[str]:
        """Return the paths of the files that `path` can be a mistyped name of."""

    def texts(self) -> Iterable[tuple[str, str]]:
        """Yield path and text of every file that is no picture nor archive."""


@dataclass(frozen=True, slots=True)
class MadeFiles:
    """The files of a package that is not on disk; `partial`: what could not be made is taken as there.

    `sources` are texts by path that are read in place of those of the package: what is packed or put into
    config.yaml, where its author edits it.
    """

    contents: Mapping[str, bytes]
    partial: bool = False
    sources: Mapping[str, str] = field(default_factory=dict)

    def has(self, path: str) -> bool:
        """Return whether there is a file at `path`."""
        return self.partial or path in self.contents

    def beside(self, path: str) -> Iterable[str]:
        """Return every path."""
        return self.contents

    def texts(self) -> Iterable[tuple[str, str]]:
        """Yield path and text of every file that is no picture nor archive."""
        for path, content in self.contents.items():
            if b"\0" not in content and path not in self.sources:
                yield path, content.decode(errors="replace")
        yield from self.sources.items()


@dataclass(frozen=True)
class Package:
    """`complete` says whether every template is there: what none of them names is then named nowhere.

    `documents` are the texts of the Markdown documents by path. `config` is None where it could not be made.
    """

    files: Files
    documents: Mapping[str, str]
    templates: tuple[Template, ...]
    config: Config | None
    complete: bool

    @cached_property
    def outlines(self) -> dict[str, Outline]:
        """What each document is made of, by its path."""
        return {path: outline(text) for path, text in self.documents.items()}

    @cached_property
    def templates_by_path(self) -> dict[str, Template]:
        """The templates by their place in the package."""
        return {template.path: template for template in self.templates}

    @cached_property
    def config_faults(self) -> tuple[Fault, ...]:
        """What the schema of config.yaml refuses."""
        return tuple(faults_of(self.config.root)) if self.config else ()

    def templates_named(self, name: str) -> list[Template]:
        """Return the templates that config.yaml offers under a name."""
        paths = sorted(self.config.paths.get(name, ())) if self.config else []
        return [self.templates_by_path[path] for path in paths if path in self.templates_by_path]

    @property
    def presets(self) -> list[tuple[PresetParameter, Template]]:
        """The values that predefined parameter packages set, each with the template it is for."""
        presets = self.config.presets if self.config else ()
        known = self.templates_by_path
        return [(preset, known[preset.template]) for preset in presets if preset.template in known]


def package_of(build: Build) -> Package:
    """Return the view of what was built, as far as it could be built."""
    paths = [template_path(edition) for edition in build.project.service.editions]
    found = [template for path in paths if (template := _template(path, build))]
    text = build.files.get(CONFIG)
    config = read_config(text.decode(), lambda way, node: _place(build.project, way, node)) if text else None
    texts = {path: content.decode() for path, content in build.files.items() if path.endswith(".md")}
    sources = _scripts(build) | ({CONFIG: config.without_commands(text.decode())} if config and text else {})
    files = MadeFiles(build.files, bool(build.diagnostics), sources)
    return Package(files, texts, tuple(found), config, complete=len(found) == len(paths))


def _scripts(build: Build) -> dict[str, str]:
    """Return the shell scripts that are in no template: the rules for templates look at the others."""
    in_templates = {
        origin.path for path, origins in build.origins.items() if not path.endswith(".md") for origin in origins
    }
    files = build.project.files
    return {path: files[path] for path in sorted(files) if path.endswith(".sh") and path not in in_templates}


def _template(path: str, build: Build) -> Template | None:
    if path not in build.files:
        return None
    text = build.files[path].decode()
    try:
        root = compose(text)
    except YAMLError:  # rendering has reported it
        return None
    return Template(path, text, root, lambda line: build.source_span(path, line).path) if root is not None else None


def _place(project: Project, way: Way, node: Node) -> Span:
    """Return where the sources say what config.yaml says at `way`."""
    match way:
        case ("Service", "DeployMetadata", "SupplierDeployMetadata", "ArtifactRelation", str(token), *_):
            for model in project.catalog.models:
                if model.image.token == token:
                    return project.span("model", model.id, "image", "token")
        case ("Service", "DeployMetadata", "SupplierDeployMetadata", "FileArtifactRelation", *_):
            return project.span("service", "node_tools", "name")
        case ("Service", "DeployMetadata", "SupplierDeployMetadata", "DeployTimeout"):
            return project.span("service", "cluster", "timeouts", "deploy")
        case ("Service", "DeployMetadata", "TemplateConfigs", int(edition), *rest):
            return _edition_place(project, edition, tuple(rest))
        case ("Service", "ServiceInfo", int(locale), "Name" | "ShortDescription" as key, *_):
            return _text_place(project, locale, "service.name" if key == "Name" else "service.description")
        case ("Service", str(key), *_) if key in _RELEASE:
            return project.span("service", *_RELEASE[key])
        case ("Artifact", str(), "SupportRegionIds", *rest):
            return project.span("service", "release", "support_regions", *rest)
        case ("Artifact", str(artifact), *_):
            for model in project.catalog.models:
                if model.image.artifact == artifact:
                    return Span("scripts/image/build.sh", 1)
        case _:
            pass
    return span_in(CONFIG, node)


_RELEASE = {
    "RegionId": ("release", "region"),
    "DeployType": ("release", "deploy_type"),
    "ServiceType": ("release", "service_type"),
    "ShareType": ("release", "share_type"),
    "ApprovalType": ("release", "approval_type"),
    "TenantType": ("release", "tenant_type"),
    "VersionName": ("version_name",),
    "Tags": ("release", "tags"),
    "OperationMetadata": ("release", "operations"),
}
"""What stands in service.yaml under another name."""


def _edition_place(project: Project, edition: int, rest: Way) -> Span:
    match rest:
        case ("PredefinedParameters", int(package), "Parameters", str(name), *_):
            return project.span("service", "editions", edition, "packages", package, "parameters", name)
        case ("PredefinedParameters", int(package), *_):
            return project.span("service", "editions", edition, "packages", package, "id")
        case ("AllowedRegions", *index):
            return project.span("service", "release", "support_regions", *index)
        case _:
            return project.span("service", "editions", edition, "name")


def _text_place(project: Project, locale: int, key: str) -> Span:
    texts = project.texts.get(project.service.locales[locale].id)
    return texts.spans[key] if texts and key in texts.spans else Span(CONFIG, 1)


def span_in(path: str, node: Node) -> Span:
    """Return the place of a node in the file at `path`."""
    start, end = node.start_mark, node.end_mark
    return Span(path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
