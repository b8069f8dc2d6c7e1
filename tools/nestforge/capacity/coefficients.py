"""The fit as a few numbers, for a page that computes it while somebody moves a slider."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.capacity.fit import Memory


def coefficients(memory: Memory) -> dict[str, object]:
    """Return what `fit.cache_tokens` needs, as JSON has it, in bytes on one GPU; with the larger reserve.

    tokens = max(0, floor(min over stages of (min(gpu * share, most) - held) / cache_per_token))
    """
    reserve = memory.reserve.most
    within = reserve if memory.reserve_within else 0
    return {
        "gpu": memory.gpu,
        "most": memory.gpu if memory.reserve_within else memory.gpu - reserve,
        "reserve": reserve,
        "stages": [
            {"weights": stage.weights, "held": stage.weights + within, "cache_per_token": stage.cache_per_token}
            for stage in memory.stages
        ],
    }
