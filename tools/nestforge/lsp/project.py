"""A project that an editor has open: its sources are checked when one is saved, and looked up in what they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.assemble.source_files import FOLDERS
from nestforge.lint.project import check_project
from nestforge.lint.settings import settings_for
from nestforge.lint.source_map import SourceMap
from nestforge.lsp.composer import Composer
from nestforge.lsp.definition import definition
from nestforge.lsp.hover import Hover, hover
from nestforge.lsp.moved import line_after
from nestforge.lsp.spot import Position
from nestforge.model.diagnostic import Span
from nestforge.sources.template import Template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nestforge.model.build import Build
    from nestforge.model.diagnostic import Diagnostic

_MARK = "service/service.yaml"
_TEMPLATES = (".yaml", ".yml")


def project_of(file: Path) -> Path | None:
    """Return the root of the project that a file is a source of."""
    for folder in file.parents:
        if (folder / _MARK).is_file():
            return folder if file.relative_to(folder).parts[0] in FOLDERS else None
    return None


class OpenProject:
    """The last state of a project's sources that was checked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._build: Build | None = None
        self._templates: dict[str, Template] = {}

    def check(self) -> list[Diagnostic]:
        """Return what `nestforge lint` finds in the files as they are saved."""
        found: list[Diagnostic] = []
        checked = check_project(str(self.root), settings_for(str(self.root), found))
        if checked.build is not None:
            self._build, self._templates = checked.build, {}
        return checked.findings

    def hover(self, path: str, text: str, position: Position) -> Hover | None:
        """Return what there is to say about what is at a position of a source that templates are made of."""
        for template, place in self._made_from(path, text, position):
            found = hover(template, place)
            if found is not None:
                return Hover(found.text, Span(path, position.line + 1, position.column + 1))
        return None

    def definition(self, path: str, text: str, position: Position) -> Span | None:
        """Return the source in which what is named at a position is declared."""
        for template, place in self._made_from(path, text, position):
            found = definition(template, place)
            if found is not None and self._build is not None:
                return SourceMap(self._build).span(found)
        return None

    def _made_from(self, path: str, text: str, position: Position) -> Iterator[tuple[Template, Position]]:
        """Yield where a position of a source is in the templates that were made of it, if its line is as it was."""
        if self._build is None or path not in self._build.project.files:
            return
        lines, saved = text.replace("\r\n", "\n").split("\n"), self._build.project.files[path].split("\n")
        at = line_after(position.line, lines, saved)
        if at is None or position.line >= len(lines):
            return
        for made, origins in self._build.origins.items():
            if made.endswith(_TEMPLATES):
                for number, origin in enumerate(origins):
                    if (origin.path, origin.line) == (path, at + 1):
                        template = self._template(made)
                        column = _column(saved[at], template.lines[number], position.column)
                        if column is not None:
                            yield template, Position(number, column)

    def _template(self, path: str) -> Template:
        if path not in self._templates:
            text = self._build.files[path].decode() if self._build is not None else ""
            self._templates[path] = Template(path, text, Composer().compose(text).root)
        return self._templates[path]


def _column(source: str, made: str, column: int) -> int | None:
    """Return where a column of a source's line is in the line that was made of it: where the words around it are."""
    if source.strip() == made.strip():
        return column + (len(made) - len(made.lstrip())) - (len(source) - len(source.lstrip()))
    start = max(source.rfind(" ", 0, column), source.rfind("{", 0, column)) + 1
    end = min((at for at in (source.find(" ", column), source.find("}", column)) if at >= 0), default=len(source))
    word = source[start:end]
    found = made.find(word) if word else -1
    return found + column - start if found >= 0 else None
