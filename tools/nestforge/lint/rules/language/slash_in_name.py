"""R3221."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3221")
def slash_in_name(template: Template) -> Iterator[Finding]:
    """The name of a resource has a slash, which ROS uses to name resources inside of others.

    Bad:  Resources: {web/first: {Type: ALIYUN::ROS::Sleep}}
    Good: Resources: {WebFirst: {Type: ALIYUN::ROS::Sleep}}
    """
    for key, _ in pairs(template.sections.get("Resources")):
        if "/" in (scalar(key) or ""):
            yield Finding(template.span(key), f"the name '{scalar(key)}' has a slash", "take letters and digits alone")
