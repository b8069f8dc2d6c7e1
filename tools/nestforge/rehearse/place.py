"""A machine that only looks: on the internet, or a visitor in a VPC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.rehearse.host import NO_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.rehearse.host import Finished
    from nestforge.rehearse.namespaces.machine import Machine


@dataclass(frozen=True, slots=True)
class Place:
    """A `Vantage`."""

    name: str
    address: str
    machine: Machine

    async def run(
        self,
        command: list[str],
        *,
        input: str = "",
        timeout: float = 60,
        environment: Mapping[str, str] = NO_VARIABLES,
    ) -> Finished:
        """Run a command there; see `host.Vantage.run`."""
        return await self.machine.run(command, input=input, timeout=timeout, environment=environment)
