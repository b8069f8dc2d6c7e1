"""The assembled package as the rules see it: the build, its templates, its config.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.assemble.layout import CONFIG, template_path
from nestforge.lint.template import Template, parse_template
from nestforge.model.diagnostic import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.model.build import Build


@dataclass(frozen=True, slots=True)
class Package:
    """`config` is None where assembling stopped before it."""

    build: Build
    templates: tuple[Template, ...]
    config: Template | None


def read_package(build: Build) -> Package:
    """Return the view of `build`; a template that is not YAML is left out."""
    paths = [template_path(edition) for edition in build.project.service.editions]
    templates = [template for path in paths if (template := _read(build, path))]
    return Package(build, tuple(templates), _read(build, CONFIG))


def place_in_source(build: Build, path: str) -> Callable[[int, str], Span]:
    """Return a function from a rendered line and a text on it to the author's line, with the text's column."""

    def place(line: int, text: str) -> Span:
        origin = build.source_span(path, line)
        source = build.project.files.get(origin.path, build.files.get(origin.path, b""))
        if isinstance(source, bytes):
            source = source.decode("utf-8", "replace")
        lines = source.split("\n")
        content = lines[origin.line - 1] if origin.line <= len(lines) else ""
        return _stretch(origin.path, origin.line, content, text.partition("\n")[0])

    return place


def _stretch(path: str, line: int, content: str, text: str) -> Span:
    """Return the place of `text` on the line, or of the whole line where a template composes it."""
    start = content.find(text) if text else -1
    if start < 0:
        start, text = len(content) - len(content.lstrip()), content.strip()
    return Span(path, line, start + 1, line, start + 1 + len(text))


def _read(build: Build, path: str) -> Template | None:
    content = build.files.get(path)
    return None if content is None else parse_template(path, content.decode(), place_in_source(build, path))
