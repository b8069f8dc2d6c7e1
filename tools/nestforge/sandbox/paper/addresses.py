"""Addresses that could be given out, each once in a stack."""

from __future__ import annotations

from ipaddress import IPv4Network, ip_network
from itertools import islice
from typing import TYPE_CHECKING

from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nestforge.sandbox.stacks.provider import Wanted

PUBLIC = IPv4Network("203.0.113.0/24")
"""Addresses that documents use (RFC 5737): nobody has them."""

_ELSEWHERE = IPv4Network("192.168.0.0/24")
"""The range of a vSwitch that the stack does not create [assumed]."""

_RESERVED = 3
"""The last three addresses of a vSwitch are the system's, as is the first, says its documentation."""


def private_addresses(wanted: Wanted, count: int) -> list[str]:
    """Return free addresses of the vSwitch that the properties name. Raises ResourceFailed where it is full."""
    network = _ELSEWHERE
    for other in wanted.others():
        if other.type == "ALIYUN::ECS::VSwitch" and other.physical_id == wanted.properties.get("VSwitchId"):
            network = _network(str(other.attributes.get("CidrBlock")))
    last = int(network.broadcast_address) - _RESERVED
    return _free(wanted, (str(host) for host in network.hosts() if int(host) <= last), count)


def public_addresses(wanted: Wanted, count: int) -> list[str]:
    """Return free addresses that stand for public ones."""
    return _free(wanted, map(str, PUBLIC.hosts()), count)


def _network(text: str) -> IPv4Network:
    try:
        network = ip_network(text, strict=False)
    except ValueError as error:
        raise ResourceFailed(f"its vSwitch has no usable range: {error}") from error
    if not isinstance(network, IPv4Network):
        raise ResourceFailed(f"its vSwitch has the range {text}, expected one of IPv4")
    return network


def _free(wanted: Wanted, addresses: Iterator[str], count: int) -> list[str]:
    taken = {text for other in wanted.others() for text in _texts(other.attributes.values())}
    found = list(islice((address for address in addresses if address not in taken), count))
    if len(found) < count:
        raise ResourceFailed(f"{count} addresses are wanted, and {len(found)} are free")
    return found


def _texts(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from _texts(value)
