"""What a deployment would take on the real hosts, as far as it can be known here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.rehearse.result import Rehearsed


@dataclass(frozen=True, slots=True)
class Estimate:
    """Seconds of the parts, and of all of it at least; `promised` are those of the service's document.

    `scripts` are what the commands took here without waiting for the engine, `loading` is how long a node reads the
    weights from its disk at the disk's best rate. The creation of the hosts is not in it: nobody knows here.
    """

    scripts: float
    loading: float
    promised: float

    @property
    def least(self) -> float:
        """What the known parts take together."""
        return self.scripts + self.loading


def estimate(rehearsed: Rehearsed, loading: float, promised: float) -> Estimate:
    """Return the estimate for a deployment that was rehearsed; `loading` and `promised` are in seconds.

    The last command waits for the engine: on the real hosts the loading stands in its place.
    """
    commands = [step.seconds for step in rehearsed.steps if step.type == "ALIYUN::ECS::RunCommand"]
    return Estimate(sum(commands[:-1]), loading, promised)
