"""Whether the longest context that the form offers fits at the least share of GPU memory that it offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.capacity.fit import cache_tokens, least_share, memory_of
from nestforge.capacity.layout import layout_on
from nestforge.model.dataclass import dataclass

if TYPE_CHECKING:
    from nestforge.model.catalog import Catalog, InstanceType, Model, OfferedEngine
    from nestforge.model.service import Service


@dataclass(frozen=True, slots=True)
class TooLong:
    """A choice of the buyer's that does not fit: the longest context offered, the tokens that the cache holds."""

    model: Model
    engine: OfferedEngine
    instance: InstanceType
    share: float
    offered: int
    held: int
    share_needed: float | None


def too_long(service: Service, catalog: Catalog) -> TooLong | None:
    """Return the choice that holds the fewest tokens, where the form lets a buyer ask for more; else None.

    The form has one range of contexts for all models, and every choice in it can be made with every other.
    """
    share = service.cluster.gpu_memory_utilization.minimum
    offered = min(model.context.limit for model in catalog.models)
    found = []
    for model in catalog.models:
        if model.architecture is None:
            continue
        for engine in catalog.engines:
            for instance in catalog.instances:
                layout = layout_on(engine.engine, service.cluster.nodes * instance.gpus)
                memory = memory_of(model.architecture, engine.engine, catalog.machine, layout)
                held = cache_tokens(memory, share, memory.reserve.most)
                needed = least_share(memory, offered, memory.reserve.most)
                found.append(TooLong(model, engine, instance, share, offered, held, needed))
    fewest = min(found, key=lambda one: one.held, default=None)
    return fewest if fewest is not None and fewest.held < offered else None
