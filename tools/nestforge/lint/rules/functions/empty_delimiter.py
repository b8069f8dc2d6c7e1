"""R3327."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import items, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3327")
def empty_delimiter(template: Template) -> Iterator[Finding]:
    """`Fn::Split` is given an empty delimiter: there is nothing to cut the text at.

    Bad:  {"Fn::Split": ['', {Ref: Zones}]}
    Good: {"Fn::Split": [',', {Ref: Zones}]}
    """
    for call in template.calls("Fn::Split"):
        given = items(call.argument)
        if given and text(given[0]) == "":
            message = "Fn::Split: the delimiter is empty"
            yield Finding(template.span(given[0]), message, "write what is between the parts")
