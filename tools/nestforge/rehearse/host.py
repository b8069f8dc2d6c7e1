"""What a rehearsal's world is to those who work in it: places to run commands from, hosts, and the world itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that ended, or was ended because its time was over: then `timed_out`, and killed with all it began."""

    returncode: int
    stdout: str
    stderr: str
    seconds: float
    timed_out: bool = False


NO_VARIABLES: Mapping[str, str] = {}


class Vantage(Protocol):
    """A place that commands can be run from: a host, a visitor in the VPC, the internet."""

    @property
    def name(self) -> str:
        """What to call it in a report."""

    @property
    def address(self) -> str:
        """Its own address, as it sees itself."""

    async def run(
        self,
        command: list[str],
        *,
        input: str = "",
        timeout: float = 60,
        environment: Mapping[str, str] = NO_VARIABLES,
    ) -> Finished:
        """Run the command there, as its root, for at most `timeout` seconds; cancelled, kill it with all it began."""


class Host(Vantage, Protocol):
    """An instance."""

    @property
    def instance_id(self) -> str:
        """`i-...`."""

    @property
    def root(self) -> Path:
        """Its file system, seen from outside."""

    async def reboot(self) -> None:
        """Kill all its processes, and start again what it starts at boot. Disks, addresses and rules stay."""

    async def processes(self) -> list[tuple[int, str]]:
        """Return its processes: the id that the host sees, and the command line with all its arguments."""


class World(Protocol):
    """Everything that a rehearsal made."""

    def hosts(self) -> list[Host]:
        """Return the instances, in the order of their making."""

    def host(self, instance_id: str) -> Host:
        """Return an instance. Raises KeyError."""

    def internet(self) -> Vantage:
        """Return a machine on the internet: it reaches EIPs, as far as their hosts' security groups let it."""

    async def visitor(self, vswitch_id: str) -> Vantage:
        """Return another machine on a vSwitch, in a security group that opens nothing to it. Raises KeyError."""

    def cut(self, instance_id: str) -> None:
        """Take a host's link to its vSwitch down."""

    def heal(self, instance_id: str) -> None:
        """Take it up again."""

    async def close(self) -> None:
        """Remove everything. Safe to repeat."""

    def leftovers(self) -> list[str]:
        """Return what of this run is still there: processes, mounts, interfaces, files, cgroups."""
