"""A scan of the hosts from outside: what answers, against what the security groups promise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nestforge.rehearse.checks.check import Observation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nestforge.rehearse.checks.check import Deployment
    from nestforge.rehearse.host import Host, Vantage

PRIVILEGED = range(1, 1025)
LIMIT = 120.0

_SCANNER = """
import asyncio, json, sys
async def answers(address, port, turn):
    async with turn:
        try:
            _, writer = await asyncio.wait_for(asyncio.open_connection(address, port), 1)
        except ConnectionRefusedError:
            return "refused"
        except (OSError, asyncio.TimeoutError):
            return ""
        writer.close()
        return "open"
async def main():
    address, ports = json.load(sys.stdin)
    turn = asyncio.Semaphore(400)
    found = await asyncio.gather(*(answers(address, port, turn) for port in ports))
    print(json.dumps({port: said for port, said in zip(ports, found) if said}))
asyncio.run(main())
"""
"""Reads [address, ports] and prints what each port that lets itself be heard says: a refusal is an answer too."""


async def open_ports(deployment: Deployment) -> list[Observation]:
    """Ports that answer from outside are those that the security groups open."""
    found = []
    for side, by_address in deployment.addresses.items():
        place = deployment.sides[side]
        for address, host in by_address.items():
            listening = await listening_ports(host)
            ports = sorted({*PRIVILEGED, *listening, *_promised(deployment)})
            answers = await _scan(place, address, ports)
            told = {port for port in ports if any(each.lets(place.address, port) for each in deployment.openings)}
            expected = {port for port in told.intersection(listening) if _is_outside(listening[port])}
            found.append(_observed(f"{host.name} from {place.name}", len(ports), answers, told, expected))
    return found


async def listening_ports(host: Host) -> dict[int, set[str]]:
    """Return the ports that something on the host listens on, with the addresses that it listens at."""
    done = await host.run(["ss", "-Hltn"])
    if done.returncode:
        raise RuntimeError(f"ss on {host.name}: {done.stderr.strip()}")
    found: dict[int, set[str]] = {}
    for line in done.stdout.splitlines():
        address, _, port = line.split()[3].rpartition(":")
        found.setdefault(int(port), set()).add(address)
    return found


def _is_outside(addresses: set[str]) -> bool:
    """Return whether any of the addresses that something listens at is more than the loopback."""
    return any(not address.startswith(("127.", "[::1]")) for address in addresses)


def _promised(deployment: Deployment) -> Iterable[int]:
    for opening in deployment.openings:
        if opening.last - opening.first < len(PRIVILEGED):
            yield from range(opening.first, opening.last + 1)


async def _scan(place: Vantage, address: str, ports: list[int]) -> dict[int, str]:
    done = await place.run(["python3", "-c", _SCANNER], input=json.dumps([address, ports]), timeout=LIMIT)
    if done.returncode:
        raise RuntimeError(f"the scan from {place.name} failed: {done.stderr.strip()[-300:]}")
    return {int(port): said for port, said in json.loads(done.stdout).items()}


def _observed(what: str, count: int, answers: dict[int, str], told: set[int], expected: set[int]) -> Observation:
    is_open = {port for port, said in answers.items() if said == "open"}
    beyond = {port for port in answers if port not in told}
    missing = expected - is_open
    got = f"open {_ports(is_open)} of {count} tried"
    if beyond:
        got += f"; not promised, but heard from: {_ports(beyond)}"
    if missing:
        got += f"; promised, but silent: {_ports(missing)}"
    return Observation(f"ports of {what}", f"open {_ports(expected)}", got, not beyond and not missing)


def _ports(ports: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(ports))) or "none"
