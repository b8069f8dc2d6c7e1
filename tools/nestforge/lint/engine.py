"""Rules, what they find, and how that becomes diagnostics."""

from __future__ import annotations

from nestforge.model.diagnostic import Diagnostic, Edit, Span
from nestforge.model.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any


class Finding(NamedTuple):
    """One fault that a rule found: its place in the package or in a source, the sentence, the remedy.

    `edits` are what `--fix` does about it: only what is safe, and only where the fault is written.
    """

    span: Span
    message: str
    help: str
    edits: tuple[Edit, ...] = ()


def in_no_part(line: int, column: int) -> None:
    """Return that a place is part of nothing that has a name."""


class Rule:
    """A check of one kind of subject: a template, a package, or the build of a project.

    `unless` is the code of a rule whose findings make this one's a repetition: it is not run then.
    """

    __slots__ = ("code", "find", "severity", "unless")

    def __init__(self, code: str, severity: str, unless: str | None, find: Callable[[Any], Iterator[Finding]]) -> None:
        self.code = code
        self.severity = severity
        self.unless = unless
        self.find = find

    @property
    def name(self) -> str:
        """The fault, as in `allow undefined-ref`."""
        return self.find.__name__.replace("_", "-")

    @property
    def title(self) -> str:
        """The first line of the rule's documentation."""
        return self.documentation.partition("\n")[0]

    @property
    def documentation(self) -> str:
        """What is wrong, why it matters, and a `Bad:` and a `Good:` line."""
        return self.find.__doc__ or ""

    def check(self, subject: object, under: Callable[[int, int], str | None] = in_no_part) -> list[Diagnostic]:
        """Return what is wrong with `subject`; `under` names what a line and column are part of."""
        return [
            Diagnostic(
                finding.span,
                self.code,
                self.name,
                finding.message,
                finding.help,
                self.severity,
                under(finding.span.line, finding.span.column),
                finding.edits,
            )
            for finding in self.find(subject)
        ]


def rule(
    code: str, *, severity: str = "error", unless: str | None = None
) -> Callable[[Callable[[Any], Iterator[Finding]]], Rule]:
    """Make a rule of the function below: its name is the rule's, its docstring the documentation."""
    return lambda find: Rule(code, severity, unless, find)
