"""A view of a Compute Nest package for rules: its templates, its configuration and its documents."""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

from nestforge.assemble.layout import MANIFEST
from nestforge.lint.config_schema import faults_of
from nestforge.lint.markdown import outline
from nestforge.model.dataclass import dataclass, field
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yaml.nodes import Node

    from nestforge.lint.config import Config, PresetParameter
    from nestforge.lint.config_schema import Fault
    from nestforge.lint.markdown import Outline
    from nestforge.sources.template import Template


class Files(Protocol):
    """Which files a package has."""

    def has(self, path: str) -> bool:
        """Return whether there is a file at `path`."""

    def is_folder(self, path: str) -> bool:
        """Return whether there is a folder at `path`."""

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

    def is_folder(self, path: str) -> bool:
        """Return whether some file is in a folder at `path`."""
        return any(other.startswith(f"{path}/") for other in self.contents)

    def beside(self, path: str) -> Iterable[str]:
        """Return every path."""
        return self.contents

    def texts(self) -> Iterable[tuple[str, str]]:
        """Yield path and text of every file that is no picture nor archive, nor the list of them."""
        for path in self.contents:
            if path != MANIFEST and path not in self.sources and b"\0" not in self.contents[path]:
                yield path, self.contents[path].decode(errors="replace")
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


def span_in(path: str, node: Node) -> Span:
    """Return the place of a node in the file at `path`."""
    start, end = node.start_mark, node.end_mark
    return Span(path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
