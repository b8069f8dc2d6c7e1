"""A view of a Compute Nest package for rules: its templates, its configuration and its documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yaml import YAMLError

from nestforge.assemble.layout import CONFIG, from_config, template_path
from nestforge.lint.config import Config, PresetParameter, Way, read_config
from nestforge.model.diagnostic import Span
from nestforge.sources.compose import compose
from nestforge.sources.template import Template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml.nodes import Node

    from nestforge.model.build import Build
    from nestforge.model.project import Project


@dataclass(frozen=True)
class Package:
    """`complete` says whether every template is there: what none of them names is then named nowhere.

    `config` is None where it could not be made.
    """

    files: Mapping[str, bytes]
    templates: tuple[Template, ...]
    config: Config | None
    complete: bool

    @property
    def documents(self) -> list[tuple[str, str]]:
        """The Markdown documents: path and text."""
        return [(path, content.decode()) for path, content in self.files.items() if path.endswith(".md")]

    @property
    def presets(self) -> list[tuple[PresetParameter, Template]]:
        """The values that predefined parameter packages set, each with the template it is for."""
        if self.config is None:
            return []
        by_url = {from_config(template.path): template for template in self.templates}
        return [(preset, by_url[preset.template]) for preset in self.config.presets if preset.template in by_url]


def package_of(build: Build) -> Package:
    """Return the view of what was built, as far as it could be built."""
    paths = [template_path(edition) for edition in build.project.service.editions]
    found = [template for path in paths if (template := _template(path, build))]
    text = build.files.get(CONFIG)
    config = read_config(text.decode(), lambda way, node: _place(build.project, way, node)) if text else None
    return Package(build.files, tuple(found), config, complete=len(found) == len(paths))


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
        case ("ArtifactRelation", str(token)):
            for model in project.catalog.models:
                if model.image.token == token:
                    return project.span("model", model.id, "image", "token")
        case ("FileArtifactRelation", _):
            return project.span("service", "node_tools", "name")
        case ("Artifact", str(artifact), *_):
            for model in project.catalog.models:
                if model.image.artifact == artifact:
                    return Span("scripts/image/build.sh", 1)
        case ("PredefinedParameters", int(edition), int(package), str(name)):
            return project.span("service", "editions", edition, "packages", package, "parameters", name)
        case _:
            pass
    return Span(CONFIG, node.start_mark.line + 1, node.start_mark.column + 1)
