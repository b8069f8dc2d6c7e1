"""R3117."""

from __future__ import annotations

from nestforge.lint.address_ranges import address_range, looks_like_addresses
from nestforge.lint.budget import Budget
from nestforge.lint.engine import Finding, rule
from nestforge.lint.resource_values import choice_of, structures_of
from nestforge.lint.values import values_of
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_OF_RULES = ("SourceCidrIp", "DestCidrIp")
_TAKERS = {
    "ALIYUN::ECS::VPC": ("CidrBlock",),
    "ALIYUN::ECS::VSwitch": ("CidrBlock",),
    "ALIYUN::ECS::SecurityGroup": _OF_RULES,
    "ALIYUN::ECS::SecurityGroupClone": _OF_RULES,
    "ALIYUN::ECS::SecurityGroupIngress": _OF_RULES,
    "ALIYUN::ECS::SecurityGroupIngresses": _OF_RULES,
    "ALIYUN::ECS::SecurityGroupEgress": _OF_RULES,
    "ALIYUN::ECS::SecurityGroupEgresses": _OF_RULES,
}
"""By type, the properties that take a range."""


@rule("R3117")
def malformed_address_range(template: Template) -> Iterator[Finding]:
    """A range of addresses has a part above 255, more than 32 bits, or not four parts.

    Looked at are the ranges of networks, and those that the rules of security groups are for.

    Bad:  {Type: ALIYUN::ECS::VPC, Properties: {CidrBlock: 10.0.0.0/33}}
    Good: {Type: ALIYUN::ECS::VPC, Properties: {CidrBlock: 10.0.0.0/8}}
    """
    budget, seen = Budget.for_lines(len(template.lines)), set[tuple[int, str]]()
    for structure in structures_of(template):
        for name in _TAKERS.get(structure.of.name, ()):
            if name not in structure.given:
                continue
            place = structure.given[name][1]
            for value in values_of(place, template, structure.branch, budget):
                written = scalar(value.node) or ""
                if not looks_like_addresses(written) or address_range(written) or (id(place), written) in seen:
                    continue
                seen.add((id(place), written))
                message = f"'{written}' is no range of addresses{choice_of(value.branch)}"
                help = "write four numbers up to 255, a slash, and the bits that all have in common, up to 32"
                yield Finding(template.span(place), message, help)
