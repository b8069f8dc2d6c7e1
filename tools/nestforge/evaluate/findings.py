"""Collect what is wrong with a template and its values, each once."""

from __future__ import annotations

from nestforge.model.diagnostic import Diagnostic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.fault import Fault
    from nestforge.model.diagnostic import Span
    from nestforge.sources.template import Template

MOST = 500
"""Findings; after so many, no one reads on."""


class Findings:
    """The findings about one template."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._found: dict[tuple[Span, str, str], Diagnostic] = {}

    def add(self, fault: Fault, span: Span, severity: str = "error") -> None:
        """Note one at its place."""
        code, name = fault.kind.value
        if len(self._found) < MOST:
            under = self._template.owner_at(span.line, span.column)
            diagnostic = Diagnostic(span, code, name, fault.message, fault.help, severity, under)
            self._found.setdefault((span, code, fault.message), diagnostic)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Return them in the order of the file."""
        return tuple(sorted(self._found.values(), key=lambda found: (found.span, found.code, found.message)))
