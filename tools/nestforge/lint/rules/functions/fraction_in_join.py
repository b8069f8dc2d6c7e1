"""R3326."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import function_of, items, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_FLOAT = "tag:yaml.org,2002:float"


@rule("R3326")
def fraction_in_join(template: Template) -> Iterator[Finding]:
    """`Fn::Join` is given a number with a decimal point, which it does not join.

    It joins texts, whole numbers, true and false; null is nothing.

    Bad:  {"Fn::Join": ["-", [release, 1.5]]}
    Good: {"Fn::Join": ["-", [release, '1.5']]}
    """
    for call in template.calls("Fn::Join"):
        given = items(call.argument)
        for node in given[:1] + [item for entries in given[1:2] for item in items(entries)]:
            if node.tag == _FLOAT and function_of(node) is None:
                message = f"Fn::Join is given {scalar(node)}, which is no whole number"
                yield Finding(template.span(node), message, "put it in quotes")
