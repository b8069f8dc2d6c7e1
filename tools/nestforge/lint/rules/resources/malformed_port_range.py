"""R3116."""

from __future__ import annotations

from nestforge.lint.budget import Budget
from nestforge.lint.engine import Finding, rule
from nestforge.lint.resource_values import choice_of, structures_of
from nestforge.lint.scalars import is_absent, is_filled_in_later
from nestforge.lint.values import values_of
from nestforge.model.pattern import pattern
from nestforge.sources.libyaml import ScalarNode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_OF_GROUPS = pattern(r"ALIYUN::ECS::SecurityGroup(?:Clone|Ingress|Ingresses|Egress|Egresses)?")
_RANGE = pattern(r"\s*(-?\d{1,9})/(-?\d{1,9})\s*")
_LAST, _ALL = 65535, (-1, -1)


@rule("R3116")
def malformed_port_range(template: Template) -> Iterator[Finding]:
    """The ports of a security group's rule are not written as the first, a slash and the last.

    The first is not the greater one, and -1/-1 is every port where a protocol has none. The documented range is from
    1 to 65535. That 0 is accepted nevertheless is untested [assumed]: nothing is said about it.

    Bad:  {PortRange: '8080', IpProtocol: tcp, SourceCidrIp: 10.0.0.0/8}
    Good: {PortRange: 8080/8080, IpProtocol: tcp, SourceCidrIp: 10.0.0.0/8}
    """
    budget, seen = Budget.for_lines(len(template.lines)), set[tuple[int, str]]()
    for structure in structures_of(template):
        if "PortRange" not in structure.given or not _OF_GROUPS.fullmatch(structure.of.name):
            continue
        place = structure.given["PortRange"][1]
        for value in values_of(place, template, structure.branch, budget):
            node = value.node
            if not isinstance(node, ScalarNode) or is_absent(node) or is_filled_in_later(node):
                continue
            help = _help(node.value)
            if help is not None and (id(place), node.value) not in seen:
                seen.add((id(place), node.value))
                message = f"'{node.value}' is no range of ports{choice_of(value.branch)}"
                yield Finding(template.span(place), message, help)


def _help(written: str) -> str | None:
    """Return what to do about a range of ports, None where it is one."""
    found = _RANGE.fullmatch(written)
    if found is None:
        port = written.strip()
        return f"write {port}/{port}" if port.isdecimal() else "write the first and the last port: 8000/8080"
    first, last = int(found[1]), int(found[2])
    if (first, last) == _ALL or 0 <= first <= last <= _LAST:
        return None
    if 0 <= last < first <= _LAST:
        return f"write the lower port first: {last}/{first}"
    return f"write ports from 1 to {_LAST}, or -1/-1 for all"
