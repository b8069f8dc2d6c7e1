"""What security groups let in from anywhere, in every branch."""

from __future__ import annotations

from functools import lru_cache

from nestforge.lint.budget import Budget
from nestforge.lint.resource_values import choice_of, structures_of
from nestforge.lint.values import values_of
from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.lint.resource_values import Structure
    from nestforge.lint.values import Branch
    from nestforge.sources.template import Template

_GROUP = pattern(r"SecurityGroupIngress\[\d+\]")
_PERMISSIONS = pattern(r"Permissions\[\d+\]")
_PLACES = {
    "ALIYUN::ECS::SecurityGroup": _GROUP,
    "ALIYUN::ECS::SecurityGroupClone": _GROUP,
    "ALIYUN::ECS::SecurityGroupIngress": pattern(""),
    "ALIYUN::ECS::SecurityGroupIngresses": _PERMISSIONS,
}
_SOURCES = ("SourceCidrIp", "Ipv6SourceCidrIp")
_ANYWHERE = pattern(r"[\d.]+/[0-7]|[0-9A-Fa-f:]+:[0-9A-Fa-f:]*/[0-3]")
"""Wider than any network that someone has: whoever writes 0.0.0.0/1 means half of the internet."""
_RANGE = pattern(r"(-?\d{1,5})/(-?\d{1,5})")
_LAST_PORT = 65535


class Opening(NamedTuple):
    """Ports that anyone can reach; `place` is where the rule says so."""

    place: Node
    protocol: str
    first: int
    last: int
    source: str
    branch: Branch

    @property
    def is_whole(self) -> bool:
        """Whether every port is open."""
        return self.first <= 1 and self.last == _LAST_PORT

    @property
    def said(self) -> str:
        """How to say who can reach it, and under which choice."""
        return f"open to {self.source}{choice_of(self.branch)}"


def is_anywhere(addresses: str) -> bool:
    """Return whether a range of addresses is the internet, or a large part of it."""
    return _ANYWHERE.fullmatch(addresses) is not None


@lru_cache(maxsize=1)  # each rule asks for those of the same template
def openings_of(template: Template) -> tuple[Opening, ...]:
    """Return what is open, each place, protocol and range once."""
    budget = Budget.for_lines(len(template.lines))
    found: dict[tuple[int, str, int, int, str], Opening] = {}
    for structure in structures_of(template):
        place = _PLACES.get(structure.of.name)
        if place is not None and place.fullmatch(structure.path):
            for opening in _openings(structure, template, budget):
                key = (id(opening.place), opening.protocol, opening.first, opening.last, opening.source)
                found.setdefault(key, opening)
    return tuple(found.values())


def _openings(structure: Structure, template: Template, budget: Budget) -> Iterator[Opening]:
    def known(name: str, branch: Branch, default: str) -> Iterator[tuple[str, Branch]]:
        if name not in structure.given:
            yield default, branch
            return
        for value in values_of(structure.given[name][1], template, branch, budget):
            text = scalar(value.node)
            if text is not None:
                yield text, value.branch

    for name in _SOURCES:
        if name not in structure.given or "PortRange" not in structure.given:
            continue
        for source, by_source in known(name, structure.branch, ""):
            if not is_anywhere(source):
                continue
            for policy, by_policy in known("Policy", by_source, "accept"):
                if policy.casefold() != "accept":
                    continue
                for protocol, by_protocol in known("IpProtocol", by_policy, "all"):
                    for range_, branch in known("PortRange", by_protocol, ""):
                        ports = _ports(protocol.casefold(), range_)
                        if ports is not None:
                            place = structure.given["PortRange"][1]
                            yield Opening(place, protocol.casefold(), *ports, source, branch)


def _ports(protocol: str, written: str) -> tuple[int, int] | None:
    found = _RANGE.fullmatch(written.strip())
    if not found or protocol not in ("tcp", "udp", "all"):
        return None
    first, last = int(found[1]), int(found[2])
    return (1, _LAST_PORT) if first < 0 or protocol == "all" else (first, last)
