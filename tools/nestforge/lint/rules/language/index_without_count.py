"""R3214."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.uses import uses_of
from nestforge.sources.nodes import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3214")
def index_without_count(template: Template) -> Iterator[Finding]:
    """`ALIYUN::Index` stands in a resource or an output that there is only one of.

    It is the number of a copy, and only a resource with a `Count` has copies.

    Bad:  {Type: ALIYUN::ECS::VPC, Properties: {VpcName: {"Fn::Sub": "net-${ALIYUN::Index}"}}}
    Good: {Type: ALIYUN::ECS::VPC, Count: 2, Properties: {VpcName: {"Fn::Sub": "net-${ALIYUN::Index}"}}}
    """
    for use in uses_of(template):
        if use.name != "ALIYUN::Index" or use.section == "Locals":
            continue
        if "Count" not in entries(template.resources.get(use.owner)) or use.section != "Resources":
            message = f"ALIYUN::Index is used in {use.section}.{use.owner}, which has no Count"
            yield Finding(use.span(template), message, "give the resource a Count")
