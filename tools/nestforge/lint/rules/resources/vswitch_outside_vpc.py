"""R3118."""

from __future__ import annotations

from nestforge.lint.address_ranges import address_range
from nestforge.lint.budget import Budget
from nestforge.lint.engine import Finding, rule
from nestforge.lint.resource_values import choice_of, structures_of
from nestforge.lint.values import values_of
from nestforge.sources.nodes import function_of, items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.resource_values import Structure
    from nestforge.sources.template import Template


@rule("R3118")
def vswitch_outside_vpc(template: Template) -> Iterator[Finding]:
    """The range of addresses of a vSwitch is no part of that of its VPC.

    Where parameters decide, it is outside of every range that the VPC can have. A template that gives a VPC further
    ranges is left out.

    Bad:  CidrBlock of the VPC 192.168.0.0/16, CidrBlock of the vSwitch 10.0.1.0/24
    Good: CidrBlock of the VPC 192.168.0.0/16, CidrBlock of the vSwitch 192.168.1.0/24
    """
    if template.says("Secondary") or template.says("VpcCidrBlock::"):
        return
    budget = Budget.for_lines(len(template.lines))
    top = [structure for structure in structures_of(template) if not structure.path]
    vpcs = {scalar(each.place) or "": each for each in top if each.of.name == "ALIYUN::ECS::VPC"}
    seen: set[tuple[int, str]] = set()
    for vswitch in top if vpcs else ():
        if vswitch.of.name != "ALIYUN::ECS::VSwitch" or not {"VpcId", "CidrBlock"} <= vswitch.given.keys():
            continue
        around = _ranges_of(vpcs.get(_owner(vswitch, template)), template, budget)
        place = vswitch.given["CidrBlock"][1]
        for value in values_of(place, template, vswitch.branch, budget) if around else ():
            written = scalar(value.node) or ""
            own = address_range(written)
            if own is None or (id(place), written) in seen:
                continue
            if not any(first <= own[0] and own[1] <= last for first, last in around.values()):
                seen.add((id(place), written))
                message = f"'{written}' is not within '{' or '.join(around)}' of the VPC{choice_of(value.branch)}"
                yield Finding(template.span(place), message, "take a part of the range that the VPC has")


def _owner(vswitch: Structure, template: Template) -> str:
    """Return the name of the resource that a vSwitch says it is in."""
    called = function_of(vswitch.given["VpcId"][1])
    if called is None:
        return ""
    function, argument = called
    if function == "Ref":
        return scalar(argument) or ""
    if function != "Fn::GetAtt":
        return ""
    given = items(argument)
    return scalar(given[0]) or "" if given else template.attribute_in(scalar(argument) or "")[0]


def _ranges_of(vpc: Structure | None, template: Template, budget: Budget) -> dict[str, tuple[int, int]]:
    """Return every range that a VPC can have, by how it is written; nothing where one is not known."""
    if vpc is None or "CidrBlock" not in vpc.given:
        return {}
    found: dict[str, tuple[int, int]] = {}
    for value in values_of(vpc.given["CidrBlock"][1], template, vpc.branch, budget):
        written = scalar(value.node) or ""
        own = address_range(written)
        if own is None:
            return {}
        found[written] = own
    return found
