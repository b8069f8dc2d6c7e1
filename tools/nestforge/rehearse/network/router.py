"""The router of a VPC: every machine of it has a line of its own to here, and nothing passes but by its rules.

A vSwitch is thereby no wire that machines share: as in the cloud, the network answers for the addresses of the
others, and what goes from one to another is filtered even within a vSwitch.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from nestforge.rehearse.namespaces.errors import MachineFailed
from nestforge.rehearse.namespaces.network_namespace import listen, new_network
from nestforge.rehearse.namespaces.programs import run, run_now
from nestforge.rehearse.network.ruleset import UPLINK, Port, ruleset

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping
    from ipaddress import IPv4Network

    from nestforge.rehearse.namespaces.machine import Machine
    from nestforge.rehearse.network.security_group import SecurityGroup

JUMBO, PLAIN = 8500, 1500
"""Largest packets in bytes, as the documentation of jumbo frames has them."""

_UPLINK_ADDRESS = "169.254.0.1"

_SETTINGS = {
    "ipv4/ip_forward": 1,
    # The router answers for every address that it knows a line to.
    "ipv4/conf/default/proxy_arp": 1,
    # A machine cannot send from an address that is not its own.
    "ipv4/conf/default/rp_filter": 1,
    "ipv4/conf/all/rp_filter": 1,
    "ipv4/conf/default/send_redirects": 0,
    "ipv4/conf/all/send_redirects": 0,
}


class Router:
    """A VPC's network. `services` are addresses and ports of it that answer to machines."""

    def __init__(self, number: int, services: tuple[tuple[str, int], ...], groups: Mapping[str, SecurityGroup]) -> None:
        self.network = new_network()
        self.ports: dict[str, Port] = {}
        self._number = number
        self._services = services
        self._groups = groups
        self._gateways: set[str] = set()
        self._made = 0
        self._changing = asyncio.Lock()

    async def start(self, cidr: IPv4Network, internet: Machine) -> None:
        """Make the router work, and connect it to the internet. Raises MachineFailed."""
        lines = ["link set lo up", *(f"address add {address}/32 dev lo" for address in dict(self._services))]
        lines += [
            f"link add {UPLINK} type veth peer name {self._far_end} netns {internet.init}",
            # Without any address of its own an interface loses its routes when the last public one is withdrawn.
            f"address add {_UPLINK_ADDRESS}/32 dev {UPLINK}",
            f"link set {UPLINK} up",
            f"route add default dev {UPLINK}",
            f"route add blackhole {cidr}",
        ]
        await self._set(_SETTINGS)
        await self._ip(lines)
        await internet.configure_network([f"link set {self._far_end} up"])
        await self.apply()

    def listen(self, address: str, port: int) -> socket.socket:
        """Return a socket that listens at one of the services."""
        return listen(self.network, address, port)

    async def plug(
        self, machine: Machine, address: str, network: IPv4Network, groups: tuple[str, ...], *, mac: str, mtu: int
    ) -> None:
        """Connect a machine. Raises MachineFailed."""
        self._made += 1
        name, gateway = f"port{self._made}", gateway_of(network)
        lines = [
            f"link add {name} mtu {mtu} type veth peer name eth0 address {mac} mtu {mtu} netns {machine.init}",
            f"ntable change name arp_cache dev {name} proxy_delay 0",
            f"address add {gateway}/32 dev {name}",
            f"link set {name} up",
            f"route add {address}/32 dev {name}",
        ]
        await self._ip(lines)
        inside = [
            "link set lo up",
            f"address add {address}/{network.prefixlen} broadcast + dev eth0",
            "link set eth0 up",
            f"route add default via {gateway} dev eth0",
        ]
        await machine.configure_network(inside)
        self.ports[address] = Port(name, address, groups)
        self._gateways.add(gateway)
        await self.apply()

    async def unplug(self, address: str) -> None:
        """Take a machine's line away, and the public address with it."""
        port = self.ports.pop(address, None)
        if port is not None:
            await self.apply()
            await self._ip([f"link delete {port.interface}"])

    async def publish(self, address: str, public: str, internet: Machine) -> None:
        """Let a public address lead to a machine."""
        port = self.ports[address]
        self.ports[address] = Port(port.interface, address, port.groups, public)
        await self._ip([f"address add {public}/32 dev {UPLINK}"])
        await internet.configure_network([f"route add {public}/32 dev {self._far_end}"])
        await self.apply()

    async def withdraw(self, address: str, internet: Machine) -> None:
        """Let a machine's public address lead nowhere."""
        port = self.ports.get(address)
        if port is None or not port.public:
            return
        self.ports[address] = Port(port.interface, address, port.groups)
        await self.apply()
        with suppress(MachineFailed):  # it was not there yet, for publishing failed
            await self._ip([f"address delete {port.public}/32 dev {UPLINK}"])
            await internet.configure_network([f"route delete {port.public}/32 dev {self._far_end}"])

    async def apply(self) -> None:
        """Let the rules of the groups hold as they are now."""
        async with self._changing:
            text = ruleset(list(self.ports.values()), self._groups, self._services, self._gateways)
            await run(["nft", "-f", "-"], input=text, network=self.network)

    def cut(self, address: str) -> None:
        """Take the line of a machine down, at once. Raises MachineFailed."""
        run_now(["ip", "link", "set", self.ports[address].interface, "down"], network=self.network)

    def heal(self, address: str) -> None:
        """Take it up again; the route to it went with it. Raises MachineFailed."""
        name = self.ports[address].interface
        run_now(["ip", "link", "set", name, "up"], network=self.network)
        run_now(["ip", "route", "replace", f"{address}/32", "dev", name], network=self.network)

    def close(self) -> None:
        """Let go of the network, which ends it and all lines."""
        if self.network >= 0:
            os.close(self.network)
            self.network = -1

    @property
    def _far_end(self) -> str:
        return f"vpc{self._number}"

    async def _ip(self, lines: list[str]) -> None:
        await run(["ip", "-batch", "-"], input="\n".join(lines) + "\n", network=self.network)

    async def _set(self, settings: Mapping[str, int]) -> None:
        lines = "".join(f"echo {value} >/proc/sys/net/{name}\n" for name, value in settings.items())
        await run(["/bin/sh", "-e"], input=lines, network=self.network)


def gateway_of(network: IPv4Network) -> str:
    """Return the router's address in a vSwitch: the last but two, by the documentation of vSwitches."""
    return str(network.broadcast_address - 2)
