"""Whether what an engine needs beside its share fits beside the greatest share that the form offers."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from nestforge.capacity.fit import memory_of
from nestforge.capacity.layout import layout_on
from nestforge.model.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.catalog import Catalog, OfferedEngine
    from nestforge.model.service import Service


@dataclass(frozen=True, slots=True)
class Overcommitted:
    """An engine with the greatest share offered: bytes beside it on a GPU, and those that the reserve may need."""

    engine: OfferedEngine
    share: float
    beside: float
    reserve: float
    gpu: int

    @property
    def safe_share(self) -> float:
        """The greatest share, to two digits, that leaves the reserve its room."""
        return floor((1 - self.reserve / self.gpu) * 100) / 100


def overcommitted(service: Service, catalog: Catalog) -> Iterator[Overcommitted]:
    """Yield each engine whose share does not hold the reserve, where the largest reserve does not fit beside it.

    Source: `fit.cache_bytes`: SGLang's mem-fraction-static is for weights and cache alone.
    """
    for engine in catalog.engines:
        memory = engine.engine.memory
        share = memory.maximum_share or service.cluster.gpu_memory_utilization.maximum
        reserves = [
            memory_of(model.architecture, engine.engine, catalog.machine, layout).reserve.most
            for model in catalog.models
            if model.architecture is not None
            for layout in {layout_on(engine.engine, service.cluster.nodes * one.gpus) for one in catalog.instances}
        ]
        gpu = catalog.machine.gpu_memory_mib * 2**20
        if memory.share_of != "everything" and reserves and gpu * (1 - share) < max(reserves):
            yield Overcommitted(engine, share, gpu * (1 - share), max(reserves), gpu)
