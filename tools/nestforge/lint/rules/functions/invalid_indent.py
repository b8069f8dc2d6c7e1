"""R3319."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.literals import literal_faults

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_HELP = "write a level of 0 to 20, and a width of 0 to 4"


@rule("R3319")
def invalid_indent(template: Template) -> Iterator[Finding]:
    """`Fn::Indent` is given a level beyond 20 or a width beyond 4.

    Bad:  {"Fn::Indent": [{Ref: Text}, 2, 8]}
    Good: {"Fn::Indent": [{Ref: Text}, 4, 4]}
    """
    from nestforge.evaluate.functions.indent import indent

    yield from literal_faults(template, "Fn::Indent", indent, ("", 0, 0, True), _HELP)
