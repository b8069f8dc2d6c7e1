"""Security groups, as their documentation has them.

A basic group lets its members talk to each other whatever its rules say, and everything out; an enterprise group
lets nothing pass that no rule accepts. Both keep state. What no rule accepts does not come in. Rules apply by
priority, the smallest number first; among equals one that drops comes first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

EVERYWHERE = IPv4Network("0.0.0.0/0")
PROTOCOLS = ("tcp", "udp", "icmp", "gre", "all")
LOWEST_PRIORITY = 100
_LAST_PORT = 65535


class BadRule(ValueError):
    """A rule that the cloud would refuse; the text says why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `peers` are the addresses of the other side, or else its group. `ports` are those of the receiver."""

    protocol: str
    ports: tuple[int, int] | None
    peers: IPv4Network | str
    accept: bool = True
    priority: int = 1


@dataclass(slots=True)
class SecurityGroup:
    """A group and the rules that it has by now, by the id of the resource that brought them."""

    group_id: str
    vpc_id: str
    enterprise: bool = False
    ingress: dict[str, list[Rule]] = field(default_factory=dict)
    egress: dict[str, list[Rule]] = field(default_factory=dict)


def read_rule(entry: Mapping[str, object], side: str) -> Rule:
    """Return the rule that an item of SecurityGroupIngress or -Egress describes; `side` is Source or Dest.

    Raises BadRule.
    """
    protocol = str(entry.get("IpProtocol", "")).lower()
    if protocol not in PROTOCOLS:
        raise BadRule(f"its IpProtocol is '{entry.get('IpProtocol')}', expected {', '.join(PROTOCOLS)}")
    policy = str(entry.get("Policy") or "accept").lower()
    if policy not in ("accept", "drop"):
        raise BadRule(f"its Policy is '{entry['Policy']}', expected accept or drop")
    priority = _whole(entry.get("Priority", 1), "Priority")
    if not 1 <= priority <= LOWEST_PRIORITY:
        raise BadRule(f"its Priority is {priority}, expected 1 to {LOWEST_PRIORITY}")
    ports = _ports(str(entry.get("PortRange", "")), protocol)
    return Rule(protocol, ports, _peers(entry, side), policy == "accept", priority)


def _peers(entry: Mapping[str, object], side: str) -> IPv4Network | str:
    group, cidr = entry.get(f"{side}GroupId"), entry.get(f"{side}CidrIp")
    if group and not cidr:
        return str(group)
    if not cidr:
        raise BadRule(f"it has neither {side}CidrIp nor {side}GroupId")
    try:
        return IPv4Network(str(cidr), strict=False)
    except ValueError:
        raise BadRule(f"its {side}CidrIp is '{cidr}', expected a range of IPv4 addresses") from None


def _ports(text: str, protocol: str) -> tuple[int, int] | None:
    """Return first and last port; None for a protocol without any."""
    first, _, last = text.partition("/")
    if protocol not in ("tcp", "udp"):
        if text != "-1/-1":
            raise BadRule(f"its PortRange is '{text}', and {protocol} has no ports: expected -1/-1")
        return None
    found = (_whole(first, "PortRange"), _whole(last, "PortRange"))
    if not 1 <= found[0] <= found[1] <= _LAST_PORT:
        raise BadRule(f"its PortRange is '{text}', expected FIRST/LAST from 1 to {_LAST_PORT}")
    return found


def _whole(value: object, name: str) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise BadRule(f"its {name} is '{value}', expected a whole number") from None
