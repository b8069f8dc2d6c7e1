"""Bytes of the KV cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.model.catalog import Architecture


def cache_bytes_per_token(model: Architecture, layers: int, value_bytes: int) -> int:
    """Return the bytes that one token takes in the cache of one GPU with so many layers.

    Latent attention keeps the compressed key and value, and one key with the position, for all heads together:
    tensor parallelism has nothing to divide, and every GPU of a stage holds the same. Rounding up to the engine's
    blocks of tokens, at most one block a request, is left out.

    Source: DeepSeek-V2 report (arXiv:2405.04434), table 1: (d_c + d_h^R) values per token and layer.
    """
    return (model.kv_lora_rank + model.qk_rope_head_dim) * value_bytes * layers
