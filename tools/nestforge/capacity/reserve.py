"""Memory that is neither weights nor cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.capacity.engine_limits import batched_tokens
from nestforge.model.catalog import Between

if TYPE_CHECKING:
    from nestforge.model.catalog import Architecture, Engine

GIB = 2**30
ACTIVATION = 2
"""Bytes of an activation: bf16."""


def activation_bytes(model: Architecture, tokens: int, tensor: int) -> float:
    """Return the bytes of the intermediate results of the experts for a step of `tokens` tokens, on one GPU.

    They are the largest that live at the same time: per token and chosen expert the gate and up projection, their
    product, and the result, of which tensor parallelism divides all but the last.

    Source: vLLM and SGLang, `fused_experts`: intermediate_cache1, 2 and 3.
    """
    values = 3 * model.moe_intermediate_size / tensor + model.hidden_size
    return tokens * model.num_experts_per_tok * values * ACTIVATION


def reserve_bytes(model: Architecture, engine: Engine, tensor: int) -> Between:
    """Return the bytes to keep on one GPU: activations, and what the engine's catalog says for graphs and NCCL."""
    activations = activation_bytes(model, batched_tokens(engine), tensor)
    overhead = engine.memory.overhead_gib
    return Between(activations + overhead.least * GIB, activations + overhead.most * GIB)
