"""What came of a rehearsal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.rehearse.checks.check import Observation


DEPLOYED, FAILED, REFUSED = "Deployed", "DeployedFailed", "Refused"
"""How an order ends: the states of a service instance, and that there is none."""


@dataclass(frozen=True, slots=True)
class Step:
    """The creation of a resource: when it began after that of the stack, how long it took, both in seconds."""

    resource: str
    type: str
    begun: float
    seconds: float
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A check that was made; `problem` says why it could not be made to its end."""

    name: str
    title: str
    seconds: float
    observations: tuple[Observation, ...]
    problem: str = ""

    @property
    def passed(self) -> bool:
        """Whether it was made to its end, something was looked at, and all of it was as it must be."""
        return not self.problem and bool(self.observations) and all(seen.holds for seen in self.observations)


@dataclass(frozen=True, slots=True)
class LoadSeen:
    """What so many clients at once got of the API, from the VPC. Times in seconds."""

    clients: int
    requests_per_second: float
    tokens_per_second: float
    first_token_median: float
    first_token_p95: float
    failures: int


@dataclass(frozen=True, slots=True)
class ProcessSeen:
    """A process of a host, and the bytes that it holds; shared ones are divided among those that share them."""

    host: str
    name: str
    held: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of this machine, none of a GPU: the loads, and the largest processes."""

    loads: tuple[LoadSeen, ...] = ()
    processes: tuple[ProcessSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One deployment from its order to the last trace of it.

    `status` and `detail` are those of the service instance when it was up, or was not, and `expected` is the status
    that it had to have; `left` is what was still there when it was deleted. `seconds` are those of the creation.
    """

    name: str
    choices: Mapping[str, str]
    status: str
    detail: str
    seconds: float
    steps: tuple[Step, ...]
    checks: tuple[Checked, ...]
    left: tuple[str, ...]
    expected: str = DEPLOYED
    measured: Measured = Measured()

    @property
    def passed(self) -> bool:
        """Whether it came up, or failed as it had to, every check passed, and nothing was left."""
        made = bool(self.checks) and all(check.passed for check in self.checks)
        return self.status == self.expected and made and not self.left
