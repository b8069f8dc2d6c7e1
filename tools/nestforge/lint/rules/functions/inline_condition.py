"""R3306."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.placed_calls import inline_condition_in, placed_calls
from nestforge.sources.nodes import function_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3306")
def inline_condition(template: Template) -> Iterator[Finding]:
    """`Fn::If` is given a comparison instead of the name of a condition.

    Bad:  {"Fn::If": [{"Fn::Equals": [{Ref: Pay}, PrePaid]}, 1, 2]}
    Good: {"Fn::If": [IsPrepaid, 1, 2]}
    """
    for placed in placed_calls(template):
        node = inline_condition_in(placed)
        called = function_of(node)
        if node is not None and called is not None:
            message = f"Fn::If is given {called[0]}, expected the name of a condition"
            yield Finding(template.span(node), message, "move it to Conditions, and name it here")
