"""ECS instances, alone and in groups."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from nestforge.sandbox.paper.addresses import private_addresses, public_addresses
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.evaluate.data import Data
    from nestforge.sandbox.stacks.provider import Wanted

MOST = 1000
"""Instances of one group, by the documentation of `MaxAmount`."""

_NUMBERED = re.compile(r"\[(?P<first>\d+),(?P<digits>\d+)\]")


def group_attributes(wanted: Wanted, physical_id: str) -> Mapping[str, Data]:
    """Return the lists of a group of `MaxAmount` instances."""
    count = _whole(wanted.properties.get("MaxAmount"), "MaxAmount")
    found: dict[str, list[Data]] = {
        "InstanceIds": [f"i-{secrets.token_hex(10)}" for _ in range(count)],
        "PrivateIps": list(private_addresses(wanted, count)),
        "PublicIps": list(public_addresses(wanted, count)) if _has_public_address(wanted) else [],
        "InnerIps": [],
        "HostNames": [_host_name(wanted, number) for number in range(count)],
        "ZoneIds": [str(wanted.properties.get("ZoneId", "")) for _ in range(count)],
        "Ipv6AddressIds": [],
        "Ipv6Addresses": [],
    }
    return {**found, "OrderId": ""}


def instance_attributes(wanted: Wanted, physical_id: str) -> Mapping[str, Data]:
    """Return what one instance has."""
    return {
        "PrivateIp": private_addresses(wanted, 1)[0],
        "PublicIp": public_addresses(wanted, 1)[0] if _has_public_address(wanted) else "",
        "InnerIp": "",
        "HostName": _host_name(wanted, 0),
        "PrimaryNetworkInterfaceId": f"eni-{secrets.token_hex(10)}",
    }


def _has_public_address(wanted: Wanted) -> bool:
    """Return whether bandwidth to the internet is wanted, and an address is not declined."""
    declined = str(wanted.properties.get("AllocatePublicIP", True)).lower() == "false"
    return not declined and _whole(wanted.properties.get("InternetMaxBandwidthOut", 0), "InternetMaxBandwidthOut") > 0


def _host_name(wanted: Wanted, number: int) -> str:
    """Return the host name."""
    name = wanted.properties.get("HostName") or wanted.properties.get("InstanceName") or wanted.name.lower()
    return counted(str(name), number)


def counted(name: str, number: int) -> str:
    """Return the name of the `number`-th instance, from 0: counted as the pattern `name[first,digits]` says."""
    found = _NUMBERED.search(name)
    if found is None:
        return name
    own = str(int(found["first"]) + number).zfill(min(int(found["digits"]), 6))
    return name[: found.start()] + own + name[found.end() :]


def _whole(value: object, name: str) -> int:
    try:
        number = int(str(value))
    except ValueError:
        raise ResourceFailed(f"its {name} is '{value}', expected a whole number") from None
    if not 0 <= number <= MOST:
        raise ResourceFailed(f"its {name} is {number}, expected 0 to {MOST}")
    return number
