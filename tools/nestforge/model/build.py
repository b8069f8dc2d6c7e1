"""What is being assembled: a project on its way to a package."""

from __future__ import annotations

from nestforge.model.dataclass import dataclass, field, replace
from nestforge.model.diagnostic import Diagnostic, Span
from nestforge.model.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.model.project import Project


class Origin(NamedTuple):
    """The file and line that a rendered line came from."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Made:
    """What a step of `assemble` adds to a build.

    `files` holds the package's content by path; `origins` holds, for each rendered file, the origin of
    every line; `texts_used` the keys of strings.yaml that were asked for. `pictures` go into the package as they are:
    the source of each, by its path there.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    origins: dict[str, tuple[Origin, ...]] = field(default_factory=dict)
    texts_used: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()
    pictures: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Build:
    """What the steps of `assemble` start from: the project, and all that the steps before have made.

    `inputs` is the sha256 over every source file.
    """

    project: Project
    inputs: str
    files: dict[str, bytes] = field(default_factory=dict)
    origins: dict[str, tuple[Origin, ...]] = field(default_factory=dict)
    texts_used: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()

    def with_made(self, made: Made) -> Build:
        """Return this build with what a step has made."""
        pictures = {path: self.project.binaries[source] for path, source in made.pictures.items()}
        return replace(
            self,
            files={**self.files, **made.files, **pictures},
            origins={**self.origins, **made.origins},
            texts_used=self.texts_used | made.texts_used,
            diagnostics=(*self.diagnostics, *made.diagnostics),
        )

    def source_span(self, path: str, line: int, column: int = 1) -> Span:
        """Return the place that an author edits to change `line` of the package's file `path`.

        The column is kept only where the rendered line is the source's own.
        """
        return span_of_origin(self.origins.get(path, ()), path, line, column)


def span_of_origin(origins: tuple[Origin, ...], path: str, line: int, column: int = 1) -> Span:
    """Return the place of `line`, one of those that have `origins`; of another line, its place in `path`."""
    if line > len(origins):
        return Span(path, line, column)
    origin = origins[line - 1]
    return Span(origin.path, origin.line, column)
