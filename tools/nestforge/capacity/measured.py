"""How far published measurements are from the roofline, and what that lets expect."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from nestforge.capacity.roofline import Cluster, decode
from nestforge.model.catalog import Between
from nestforge.model.dataclass import dataclass

if TYPE_CHECKING:
    from nestforge.model.catalog import Architecture, Machine, PublishedMeasurement

VALUE_BYTES = 2
"""Of a value in the cache: bf16, where a publisher states nothing else."""

NEAREST = 2
"""How many batch sizes, the nearest that were measured, an expectation goes by."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One measured result beside the roofline of its machines, in output tokens per second."""

    measurement: PublishedMeasurement
    batch: int
    measured: float
    roofline: float

    @property
    def share(self) -> float:
        """How much of the roofline was reached."""
        return self.measured / self.roofline


def compare(model: Architecture, machine: Machine) -> list[Compared]:
    """Return the published measurements with models of this family on this accelerator.

    The network of their machines is not known and not counted; a stage is taken to be a node.
    """
    found = []
    for one in machine.measurements:
        if one.model_type != model.model_type:
            continue
        cluster = Cluster(machine.speed, one.layout.tensor, None)
        context = one.input + one.output / 2
        for result in one.results:
            rate = decode(model, one.layout, cluster, result.batch, context, VALUE_BYTES)
            found.append(Compared(one, result.batch, result.tokens_per_second, rate.tokens_per_second))
    return found


def expected(compared: list[Compared], batch: int, roofline: float) -> Between | None:
    """Return the tokens per second to expect: the roofline times what was reached at the nearest batch sizes.

    None where nothing was measured that could be compared.
    """
    nearest = sorted({one.batch for one in compared}, key=lambda known: abs(log(known / batch)))[:NEAREST]
    shares = [one.share for one in compared if one.batch in nearest]
    return Between(min(shares) * roofline, max(shares) * roofline) if shares else None
