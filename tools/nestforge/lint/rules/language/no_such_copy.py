"""R3215."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.uses import uses_of
from nestforge.sources.nodes import entries, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3215")
def no_such_copy(template: Template) -> Iterator[Finding]:
    """`Web[2]` names a copy of a resource beyond its `Count`; the first one is `Web[0]`.

    Bad:  {Web: {Type: ALIYUN::ROS::Sleep, Count: 2}, Last: {Type: ALIYUN::ROS::Sleep, DependsOn: "Web[2]"}}
    Good: {Web: {Type: ALIYUN::ROS::Sleep, Count: 2}, Last: {Type: ALIYUN::ROS::Sleep, DependsOn: "Web[1]"}}
    """
    for use in uses_of(template):
        base, bracket, index = use.name.partition("[")
        count = scalar(entries(template.resources.get(base)).get("Count")) or ""
        if not bracket or not count.isdecimal() or not template.has_resource(use.name):
            continue
        if int(index.removesuffix("]")[:9]) >= int(count[:9]):
            message = f"there is no '{use.name}': the Count of '{base}' is {count}"
            yield Finding(use.span(template), message, f"the last one is '{base}[{int(count[:9]) - 1}]'")
