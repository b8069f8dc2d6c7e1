"""R3309."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.placed_calls import placed_calls
from nestforge.sources.nodes import items

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3309", severity="warning")
def not_of_a_list(template: Template) -> Iterator[Finding]:
    """`Fn::Not` is given a list.

    The manual shows a condition by itself; it is open whether ROS takes a list of one for the same, and all
    published templates do without.

    Bad:  {"Fn::Not": [{"Fn::Equals": [{Ref: Pay}, PrePaid]}]}
    Good: {"Fn::Not": {"Fn::Equals": [{Ref: Pay}, PrePaid]}}
    """
    for placed in placed_calls(template):
        if placed.function == "Fn::Not" and len(items(placed.argument)) == 1:
            yield Finding(template.span(placed.node), "Fn::Not is given a list", "give it the condition itself")
