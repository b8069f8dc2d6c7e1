"""What fits into the memory of the GPUs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.capacity.cache import cache_bytes_per_token
from nestforge.capacity.reserve import reserve_bytes
from nestforge.capacity.weights import stage_weights
from nestforge.model.dataclass import dataclass

if TYPE_CHECKING:
    from nestforge.model.catalog import Architecture, Between, Engine, Machine, Parallelism

MIB = 2**20


@dataclass(frozen=True, slots=True)
class StageMemory:
    """Bytes on one GPU of a stage: the weights, and what one token takes in the cache."""

    weights: float
    cache_per_token: int


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes on one GPU. `reserve_within`: the share of the memory is to hold the reserve as well."""

    gpu: int
    reserve: Between
    reserve_within: bool
    stages: tuple[StageMemory, ...]


def memory_of(model: Architecture, engine: Engine, machine: Machine, layout: Parallelism) -> Memory:
    """Return what is in the memory of the GPUs with this model, engine and layout."""
    return Memory(
        machine.gpu_memory_mib * MIB,
        reserve_bytes(model, engine, layout.tensor),
        engine.memory.share_of == "everything",
        tuple(
            StageMemory(stage.total, cache_bytes_per_token(model, stage.layers, engine.memory.cache_value_bytes))
            for stage in stage_weights(model, layout)
        ),
    )


def cache_bytes(memory: Memory, stage: StageMemory, share: float, reserve: float) -> float:
    """Return the bytes that are left for the cache on one GPU of a stage; negative where there is not enough.

    `share` is vLLM's gpu-memory-utilization, which holds everything, or SGLang's mem-fraction-static, which holds
    weights and cache: there the reserve must fit beside the share, and bounds it where it does not.

    Source: vLLM, `determine_num_available_blocks` (gpu_worker / worker.py): total x share - peak of a profiling
    run; SGLang, `profile_max_num_token` (model_runner.py): free memory - total x (1 - share).
    """
    if memory.reserve_within:
        return memory.gpu * share - reserve - stage.weights
    return min(memory.gpu * share, memory.gpu - reserve) - stage.weights


def cache_tokens(memory: Memory, share: float, reserve: float) -> int:
    """Return how many tokens the cache holds: as many as on the stage that holds the fewest, 0 where nothing fits."""
    fewest = min(cache_bytes(memory, stage, share, reserve) / stage.cache_per_token for stage in memory.stages)
    return max(0, int(fewest))


def requests_at_once(tokens: int, context: int, most: int | None) -> int:
    """Return how many requests of `context` tokens run at once in a cache of `tokens`; the engine allows `most`."""
    fitting = tokens // context
    return fitting if most is None else min(fitting, most)


def least_share(memory: Memory, context: int, reserve: float) -> float | None:
    """Return the least share of the memory at which one request of `context` tokens fits; None if there is none."""
    held = max(stage.weights + context * stage.cache_per_token for stage in memory.stages)
    if held + reserve > memory.gpu:
        return None
    return (held + (reserve if memory.reserve_within else 0)) / memory.gpu
