"""What is being assembled: a project on its way to a package."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nestforge.model.diagnostic import Diagnostic, Span

if TYPE_CHECKING:
    from nestforge.model.project import Project


@dataclass(frozen=True, slots=True)
class Origin:
    """The file and line that a rendered line came from."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Build:
    """The state that the steps of `assemble` pass on.

    `inputs` is the sha256 over every source file. `files` holds the package's content by path;
    `origins` holds, for each rendered file, the origin of every line; `texts_used` the keys of
    strings.yaml that were asked for.
    """

    project: Project
    inputs: str
    files: dict[str, bytes] = field(default_factory=dict)
    origins: dict[str, tuple[Origin, ...]] = field(default_factory=dict)
    texts_used: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()

    def with_files(self, files: dict[str, bytes]) -> Build:
        """Return this build with more files."""
        return replace(self, files={**self.files, **files})

    def with_diagnostics(self, *diagnostics: Diagnostic) -> Build:
        """Return this build with more findings."""
        return replace(self, diagnostics=(*self.diagnostics, *diagnostics))

    def source_span(self, path: str, line: int, column: int = 1) -> Span:
        """Return the place that an author edits to change `line` of the package's file `path`.

        The column is kept only where the rendered line is the source's own.
        """
        origins = self.origins.get(path)
        if not origins or line > len(origins):
            return Span(path, line, column)
        origin = origins[line - 1]
        return Span(origin.path, origin.line, column)
