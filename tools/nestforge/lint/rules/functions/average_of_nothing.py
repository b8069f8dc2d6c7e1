"""R3325."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.sources.libyaml import SequenceNode
from nestforge.sources.nodes import function_of, items

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3325")
def average_of_nothing(template: Template) -> Iterator[Finding]:
    """`Fn::Avg` is given an empty list, which has no mean.

    Bad:  {"Fn::Avg": [1, []]}
    Good: {"Fn::Avg": [1, [4, 8]]}
    """
    for call in template.calls("Fn::Avg"):
        for node in items(call.argument)[1:2]:
            if isinstance(node, SequenceNode) and not node.value and function_of(node) is None:
                yield Finding(template.span(node), "Fn::Avg: the list of numbers is empty", "give it a number")
