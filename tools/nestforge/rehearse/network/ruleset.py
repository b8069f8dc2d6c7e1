"""What a VPC's router lets pass, as the text that `nft` loads.

The rules are in the router, where the root of a host cannot touch them, as a hypervisor's are.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nestforge.rehearse.network.security_group import Rule, SecurityGroup

UPLINK = "internet"
"""The router's interface to the internet."""


@dataclass(frozen=True, slots=True)
class Port:
    """Where a machine is plugged in: the router's interface, the address behind it, its groups, its public address."""

    interface: str
    address: str
    groups: tuple[str, ...]
    public: str = ""


def ruleset(
    ports: Sequence[Port], groups: Mapping[str, SecurityGroup], services: Iterable[tuple[str, int]], gateways: set[str]
) -> str:
    """Return all of the router's rules. They replace the ones before in one step; what is established stays."""
    lines = ["flush ruleset", "table ip nestforge {"]
    lines += _chain("input", "type filter hook input priority filter; policy drop;", _input(services, gateways))
    lines += _chain("forward", "type filter hook forward priority filter; policy drop;", _forward(ports))
    public = [port for port in ports if port.public]
    lines += _chain("prerouting", "type nat hook prerouting priority dstnat;", _inward(public))
    lines += _chain("postrouting", "type nat hook postrouting priority srcnat;", _outward(public))
    for port in ports:
        own = [groups[name] for name in port.groups]
        lines += _chain(f"to-{port.interface}", "", _to(own, ports))
        lines += _chain(f"from-{port.interface}", "", _from(own, ports))
    return "\n".join([*lines, "}", ""])


def _chain(name: str, hook: str, rules: Iterable[str]) -> list[str]:
    return [f"  chain {name} {{", *([f"    {hook}"] if hook else []), *(f"    {rule}" for rule in rules), "  }"]


def _input(services: Iterable[tuple[str, int]], gateways: set[str]) -> Iterator[str]:
    yield "ct state established,related accept"
    for address, port in services:
        yield f'iifname != "{UPLINK}" ip daddr {address} tcp dport {port} accept'
    for gateway in sorted(gateways):
        yield f"ip daddr {gateway} icmp type echo-request accept"


def _forward(ports: Sequence[Port]) -> Iterator[str]:
    yield "ct state established,related accept"
    yield "ct state invalid drop"
    # From outside only to a public address: a private one cannot be asked for.
    yield f'iifname "{UPLINK}" ct status ! dnat drop'
    for port in ports:
        yield f'iifname "{port.interface}" jump from-{port.interface}'
    for port in ports:
        yield f'oifname "{port.interface}" jump to-{port.interface}'
    # To the internet only with a public address.
    for port in ports:
        if port.public:
            yield f'oifname "{UPLINK}" ip saddr {port.address} accept'


def _inward(public: Sequence[Port]) -> Iterator[str]:
    for port in public:
        yield f'iifname "{UPLINK}" ip daddr {port.public} dnat to {port.address}'


def _outward(public: Sequence[Port]) -> Iterator[str]:
    for port in public:
        yield f'oifname "{UPLINK}" ip saddr {port.address} snat to {port.public}'


def _to(own: Sequence[SecurityGroup], ports: Sequence[Port]) -> Iterator[str]:
    for fellows in _fellows(own, ports):
        yield f"ip saddr {fellows} accept"
    for rule in _ordered(rule for group in own for rules in group.ingress.values() for rule in rules):
        yield from _matched(rule, "saddr", "accept", ports)
    yield "drop"


def _from(own: Sequence[SecurityGroup], ports: Sequence[Port]) -> Iterator[str]:
    """Return to the other chains what may leave: whether it may arrive is for the receiver's groups to say."""
    for fellows in _fellows(own, ports):
        yield f"ip daddr {fellows} return"
    for rule in _ordered(rule for group in own for rules in group.egress.values() for rule in rules):
        yield from _matched(rule, "daddr", "return", ports)
    if all(group.enterprise for group in own):
        yield "drop"


def _fellows(own: Sequence[SecurityGroup], ports: Sequence[Port]) -> Iterator[str]:
    for group in own:
        if not group.enterprise:
            yield _set(_members(group.group_id, ports))


def _ordered(rules: Iterable[Rule]) -> list[Rule]:
    return sorted(rules, key=lambda rule: (rule.priority, rule.accept))


def _matched(rule: Rule, end: str, accepted: str, ports: Sequence[Port]) -> Iterator[str]:
    """Return the line of a rule; none where it is about a group that has no members."""
    verdict = accepted if rule.accept else "drop"
    if isinstance(rule.peers, IPv4Network):
        peers = str(rule.peers)
    else:
        members = _members(rule.peers, ports)
        if not members:
            return
        peers = _set(members)
    protocol = f" meta l4proto {rule.protocol}" if rule.protocol != "all" else ""
    span = f" {rule.protocol} dport {rule.ports[0]}-{rule.ports[1]}" if rule.ports is not None else ""
    yield f"ip {end} {peers}{span or protocol} {verdict}"


def _members(group_id: str, ports: Sequence[Port]) -> list[str]:
    return sorted(port.address for port in ports if group_id in port.groups)


def _set(addresses: list[str]) -> str:
    return "{ " + ", ".join(addresses) + " }"
