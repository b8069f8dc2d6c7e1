"""From a place in the package to the place that its author edits."""

from __future__ import annotations

from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.model.build import Build
    from nestforge.model.diagnostic import Diagnostic


class SourceMap:
    """Maps places of one build; the columns too, where the source has the same words."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self._lines: dict[str, list[str]] = {}

    def diagnostic(self, found: Diagnostic) -> Diagnostic:
        """Return a finding at its place in the sources, and what mends it there as well."""
        edits = tuple(edit._replace(span=self.span(edit.span)) for edit in found.edits)
        return found._replace(span=self.span(found.span), edits=edits)

    def span(self, span: Span) -> Span:
        """Return the source's place of `span`; a place that is in a source already is returned as it is."""
        origins = self.build.origins.get(span.path)
        if not origins or span.line > len(origins):
            return span
        origin = origins[span.line - 1]
        rendered = self._line(span.path, span.line)
        source = self._line(origin.path, origin.line)
        same_line = span.end_line in (0, span.line)
        width = span.end_column - span.column if same_line and span.end_line else 0
        column = _column(rendered, source, span.column - 1, width)
        if column is None:
            return Span(origin.path, origin.line, len(source) - len(source.lstrip()) + 1)
        if not width:
            return Span(origin.path, origin.line, column + 1)
        return Span(origin.path, origin.line, column + 1, origin.line, column + 1 + width)

    def _line(self, path: str, line: int) -> str:
        if path not in self._lines:
            project = self.build.project
            text = project.files.get(path)
            content = self.build.files.get(path, b"").decode() if text is None else text
            self._lines[path] = content.split("\n")
        lines = self._lines[path]
        return lines[line - 1] if line <= len(lines) else ""


def _column(rendered: str, source: str, column: int, width: int) -> int | None:
    """Return where in `source` stands what `rendered` has from `column` on, or None."""
    shift = (len(source) - len(source.lstrip())) - (len(rendered) - len(rendered.lstrip()))
    if rendered.strip() == source.strip() and column + shift >= 0:
        return column + shift
    words = rendered[column : column + width] if width else rendered[column:]
    found = source.find(words) if words.strip() else -1
    return found if found >= 0 else None
