"""R3328."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.literals import literal_of
from nestforge.lint.scalars import number
from nestforge.sources.libyaml import SequenceNode
from nestforge.sources.nodes import function_of, items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3328")
def invalid_extremum(template: Template) -> Iterator[Finding]:
    """`Fn::Max` or `Fn::Min` is given an empty list, or a text that is no number.

    Bad:  {"Fn::Max": [4, eight]}
    Good: {"Fn::Max": [4, 8]}
    """
    for function in ("Fn::Max", "Fn::Min"):
        for call in template.calls(function):
            if not isinstance(call.argument, SequenceNode) or function_of(call.argument) is not None:
                continue
            if not call.argument.value:
                yield Finding(template.span(call.node), f"{function}: the list is empty", "give it a number")
            for item in items(call.argument):
                if isinstance(literal_of(item), str) and number(scalar(item) or "") is None:
                    message = f"{function}: an entry is '{scalar(item)}', expected a number"
                    yield Finding(template.span(item), message, "write a number")
