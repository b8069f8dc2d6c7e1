"""Rules, what they find, and how that becomes diagnostics where the author edits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from nestforge.model.diagnostic import Diagnostic, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault that a rule found: its place in the package or in a source, the sentence, the remedy."""

    span: Span
    message: str
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Rule(Generic[S]):
    """A check of one kind of subject: a template, a package, or the build of a project.

    `unless` is the code of a rule whose findings make this one's a repetition: it is not run then.
    """

    code: str
    severity: str
    unless: str | None
    find: Callable[[S], Iterator[Finding]]

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

    def check(self, subject: S, place: Callable[[Span], Span], under: Callable[[int], str | None]) -> list[Diagnostic]:
        """Return what is wrong with `subject`; `place` leads to the source, `under` names what a line is part of."""
        return [
            Diagnostic(
                place(finding.span),
                self.code,
                self.name,
                finding.message,
                finding.help,
                self.severity,
                under(finding.span.line),
            )
            for finding in self.find(subject)
        ]


def rule(
    code: str, *, severity: str = "error", unless: str | None = None
) -> Callable[[Callable[[S], Iterator[Finding]]], Rule[S]]:
    """Make a rule of the function below: its name is the rule's, its docstring the documentation."""
    return lambda find: Rule(code, severity, unless, find)
