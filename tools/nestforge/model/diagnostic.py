"""A fault in the user's files: where, what, and what to do about it."""

from __future__ import annotations

from nestforge.model.named_tuple import NamedTuple

SEVERITIES = ("error", "warning", "info")


class Span(NamedTuple):
    """A stretch of a text file. Lines and columns count from 1; the end is one past the last character."""

    path: str
    line: int
    column: int = 1
    end_line: int = 0
    end_column: int = 0


class Edit(NamedTuple):
    """A safe change: `old`, which stands once inside `span`, becomes `new`."""

    span: Span
    old: str
    new: str


class Diagnostic(NamedTuple):
    """One finding, at the place that the author edits. All of `edits` together mend it."""

    span: Span
    code: str
    name: str
    message: str
    help: str | None = None
    severity: str = "error"
    under: str | None = None
    edits: tuple[Edit, ...] = ()

    def facts(self) -> dict[str, str | int | None]:
        """Return what JSON has of it; without an end of its own, it ends where it begins."""
        return {
            "code": self.code,
            "name": self.name,
            "severity": self.severity,
            "path": self.span.path,
            "line": self.span.line,
            "column": self.span.column,
            "end_line": self.span.end_line or self.span.line,
            "end_column": self.span.end_column or self.span.column,
            "message": self.message,
            "help": self.help,
            "under": self.under,
        }

    def __str__(self) -> str:
        """`path:line:column: severity[CODE] message`, then the help on a line of its own."""
        place = f"{self.span.path}:{self.span.line}:{self.span.column}"
        head = f"{place}: {self.severity}[{self.code}] {self.message}"
        return f"{head}\n  help: {self.help}" if self.help else head
