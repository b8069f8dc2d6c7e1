"""R3228."""

from __future__ import annotations

from nestforge.lint.budget import Budget
from nestforge.lint.engine import Finding, rule
from nestforge.sources.aliases import endless_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3228")
def endless_alias(template: Template) -> Iterator[Finding]:
    """An alias leads back to what is around it, or aliases stand for more than any template holds.

    No other rule looks at such a template: there would be no end to it.

    Bad:  Wait: &wait {Type: ALIYUN::ROS::Sleep, Properties: {Triggers: *wait}}
    Good: Wait: {Type: ALIYUN::ROS::Sleep, Properties: {Triggers: [1]}}
    """
    if not template.has_aliases:
        return
    found = endless_in(template.root, Budget.for_lines(len(template.lines)).left)
    if found is not None:
        node, message = found
        yield Finding(template.span(node), message, "write out what is meant")
