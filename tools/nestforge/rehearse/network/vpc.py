"""VPCs and vSwitches: ranges of addresses, and which are free."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network
from typing import TYPE_CHECKING

from nestforge.rehearse.namespaces.errors import MachineFailed

if TYPE_CHECKING:
    from nestforge.rehearse.network.router import Router

FIRST_RESERVED, LAST_RESERVED = 1, 3
"""How many addresses at each end of a vSwitch are the system's, says its documentation."""


@dataclass(frozen=True, slots=True)
class VSwitch:
    """A part of a VPC's range; `taken` are the addresses of its machines."""

    vswitch_id: str
    vpc_id: str
    network: IPv4Network
    zone: str
    taken: set[str] = field(default_factory=set)

    def take(self, wanted: str = "") -> str:
        """Return a free address, or the wanted one. Raises MachineFailed."""
        if wanted:
            return self._take_one(wanted)
        lowest = int(self.network.network_address) + FIRST_RESERVED
        for number in range(lowest, int(self.network.broadcast_address) - LAST_RESERVED + 1):
            address = str(IPv4Address(number))
            if address not in self.taken:
                self.taken.add(address)
                return address
        raise MachineFailed(f"the vSwitch {self.vswitch_id} has no free address in {self.network}")

    def _take_one(self, wanted: str) -> str:
        address = IPv4Address(wanted)
        last = int(self.network.broadcast_address) - LAST_RESERVED
        if not int(self.network.network_address) + FIRST_RESERVED <= int(address) <= last:
            raise MachineFailed(f"{wanted} is not an address that machines can have in {self.network}")
        if wanted in self.taken:
            raise MachineFailed(f"{wanted} has been given out already")
        self.taken.add(wanted)
        return wanted


@dataclass(frozen=True, slots=True)
class Vpc:
    """A VPC."""

    vpc_id: str
    name: str
    network: IPv4Network
    router: Router
    vswitches: dict[str, VSwitch] = field(default_factory=dict)
