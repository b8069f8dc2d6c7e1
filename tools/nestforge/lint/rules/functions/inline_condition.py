"""R3306."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.placed_calls import CONDITIONAL, PLACES, placed_calls
from nestforge.sources.nodes import function_of, items

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
        given = items(placed.argument)
        if placed.function == "Fn::If" and given and placed.place in PLACES:
            called = function_of(given[0])
            if called is not None and called[0] in CONDITIONAL and called[0] != "Condition":
                message = f"Fn::If is given {called[0]}, expected the name of a condition"
                yield Finding(template.span(given[0]), message, "move it to Conditions, and name it here")
