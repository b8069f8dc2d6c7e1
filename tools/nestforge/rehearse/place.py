"""A machine that only looks: on the internet, or a visitor in a VPC."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nestforge.rehearse.host import NO_VARIABLES
from nestforge.rehearse.namespaces.programs import PATH

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nestforge.rehearse.host import Finished
    from nestforge.rehearse.namespaces.machine import Machine


@dataclass(frozen=True, slots=True)
class Tools:
    """What a machine that looks has beyond the system's programs: folders of this machine, and those on its PATH."""

    binds: Mapping[str, Path] = field(default_factory=dict)
    path: tuple[str, ...] = ()


NO_TOOLS = Tools()


@dataclass(frozen=True, slots=True)
class Place:
    """A `Vantage`."""

    name: str
    address: str
    machine: Machine
    tools: Tools = NO_TOOLS

    async def run(
        self,
        command: list[str],
        *,
        input: str = "",
        timeout: float = 60,
        environment: Mapping[str, str] = NO_VARIABLES,
    ) -> Finished:
        """Run a command there; see `host.Vantage.run`."""
        found = {"PATH": ":".join([*self.tools.path, PATH]), **environment}
        return await self.machine.run(command, input=input, timeout=timeout, environment=found)
