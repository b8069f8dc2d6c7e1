"""R3222."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3222")
def name_in_two_sections(template: Template) -> Iterator[Finding]:
    """A resource or a local has the name of a parameter, or one of the other.

    `Ref` looks all three up by name, and ROS refuses to guess.

    Bad:  {Parameters: {Vpc: {Type: String}}, Resources: {Vpc: {Type: ALIYUN::ECS::VPC}}}
    Good: {Parameters: {VpcName: {Type: String}}, Resources: {Vpc: {Type: ALIYUN::ECS::VPC}}}
    """
    first: dict[str, str] = {}
    for section in ("Parameters", "Locals", "Resources"):
        for name in entries(template.sections.get(section)):
            if name in first and name != "<<":
                message = f"'{name}' is the name of something in {first[name]} as well"
                yield Finding(template.span_of_key(section, name), message, "give one of them another name")
            first.setdefault(name, section)
