"""What the security groups of a template promise to let in, read from their properties."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Opening:
    """Ports `first` to `last` of TCP that addresses in `source` may reach."""

    first: int
    last: int
    source: str

    def lets(self, address: str, port: int) -> bool:
        """Return whether somebody with that address may reach the port."""
        return self.first <= port <= self.last and ip_address(address) in ip_network(self.source, strict=False)


ALL_PORTS = (1, 65535)
_TCP = ("tcp", "all")


def openings(resources: Iterable[tuple[str, Mapping[str, object]]]) -> tuple[Opening, ...]:
    """Return what the groups and rules among these resources, types with properties, open to addresses.

    A rule for the members of a group opens nothing to anybody else. Rules that refuse are not looked at: the
    packet filter enforces them, and what it lets through must be promised here.
    """
    found = []
    for type, properties in resources:
        if type == "ALIYUN::ECS::SecurityGroup":
            rules = properties.get("SecurityGroupIngress") or []
            found += [rule for rule in (rules if isinstance(rules, list) else []) if isinstance(rule, dict)]
        elif type == "ALIYUN::ECS::SecurityGroupIngress":
            found.append(dict(properties))
    return tuple(opening for rule in found if (opening := _opening(rule)) is not None)


def _opening(rule: Mapping[str, object]) -> Opening | None:
    source = rule.get("SourceCidrIp")
    protocol = str(rule.get("IpProtocol", "")).lower()
    if not source or protocol not in _TCP or str(rule.get("Policy", "accept")).lower() != "accept":
        return None
    first, _, last = str(rule.get("PortRange", "-1/-1")).partition("/")
    ports = ALL_PORTS if first == "-1" else (int(first), int(last or first))
    return Opening(*ports, str(source))
