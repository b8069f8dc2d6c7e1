"""R3213."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import entries, scalar, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3213", severity="info")
def count_as_text(template: Template) -> Iterator[Finding]:
    """The `Count` of a resource is a number in quotes, that is, a text.

    ROS converts it, other readers of the template may not.

    Bad:  Count: '2'
    Good: Count: 2
    """
    for resource in template.resources.values():
        node = entries(resource).get("Count")
        if node is not None and (text(node) or "").isdecimal():
            yield Finding(template.span(node), f"this Count is the text '{scalar(node)}'", "take the quotes away")
