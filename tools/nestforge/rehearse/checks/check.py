"""What a check is given, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.model.rehearsal import RehearsalPlan
    from nestforge.rehearse.host import Host, Vantage
    from nestforge.rehearse.opened import Opening
    from nestforge.sandbox.stacks.records import LogLine, StackEvent

VPC, INTERNET = "vpc", "internet"


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that was looked at. A value that is secret is never in it."""

    what: str
    expected: str
    got: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that only the buyer may see, by what it is called."""

    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Deployment:
    """A service instance that came up, as its checks see it.

    `sides` are the places of `vpc` and `internet`. `outputs` are those of the stack, `serving` is the host that the
    API's address leads to, and `addresses` are what the hosts are reached by from each side. `openings` are what the
    template's security groups let in. `log` gives the lines that the stack's resources said.
    """

    plan: RehearsalPlan
    sides: Mapping[str, Vantage]
    hosts: tuple[Host, ...]
    outputs: Mapping[str, object]
    addresses: Mapping[str, Mapping[str, Host]]
    openings: tuple[Opening, ...]
    secrets: tuple[Secret, ...]
    events: Callable[[], list[StackEvent]]
    log: Callable[[], list[LogLine]]

    @property
    def key(self) -> str:
        """The API's key."""
        return str(self.outputs[self.plan.key])

    def endpoints(self) -> dict[str, str]:
        """Return the address of the API by each side that has one."""
        return {
            side: str(self.outputs[output]).rstrip("/")
            for side, output in self.plan.endpoints.items()
            if output in self.outputs
        }

    def masked(self, text: str) -> str:
        """Return the text without the secrets."""
        for secret in self.secrets:
            text = text.replace(secret.value, f"<{secret.name}>")
        return text


Check = Callable[[Deployment], Coroutine[None, None, list[Observation]]]
"""Looks at a deployment and says what it saw; its docstring's first line is what it is called in the report."""
