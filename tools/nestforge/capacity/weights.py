"""Bytes of weights on one GPU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.capacity.layout import stages
from nestforge.capacity.parameters import attention, dense, embedding, expert, router
from nestforge.model.dataclass import dataclass

if TYPE_CHECKING:
    from nestforge.model.catalog import Architecture, Parallelism

UNQUANTIZED = 2
"""Bytes of a weight that the publisher left in bf16: embeddings, the output head, the routers."""

SCALE = 4
"""Bytes of the scale of a block of FP8 weights (README_WEIGHTS.md of DeepSeek-V3: `weight_scale_inv`, float32)."""


@dataclass(frozen=True, slots=True)
class StageWeights:
    """Bytes of one stage on one of its GPUs, by how often a step of decoding reads them.

    `always` is read in each step, `routed` as far as a token is sent there, `embedding` a row per token.
    """

    layers: int
    expert_layers: int
    always: float
    routed: float
    embedding: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.always + self.routed + self.embedding


def quantized(model: Architecture) -> float:
    """Return the bytes of one FP8 weight with its share of the block's scale.

    Source: README_WEIGHTS.md of DeepSeek-V3: one float32 scale per block of 128 x 128 weights.
    """
    return 1 + SCALE / model.weight_block_size**2


def stage_weights(model: Architecture, layout: Parallelism) -> list[StageWeights]:
    """Return the weights of each stage on one of its GPUs.

    Tensor parallelism divides everything except the down projections of latent attention and the routers. The
    embedding is on the first stage, the output head on the last, the layers without experts come first.

    Source: vLLM and SGLang, models/deepseek_v2.py: ReplicatedLinear for q_a_proj, kv_a_proj_with_mqa and gate,
    VocabParallelEmbedding and ParallelLMHead, every expert cut into `tensor` slices.
    """
    own, tensor, byte = attention(model), layout.tensor, quantized(model)
    cut = stages(model.num_hidden_layers, layout.pipeline)
    vocabulary = embedding(model) * UNQUANTIZED / tensor
    found = []
    for number, layers in enumerate(cut):
        plain = len(range(layers.start, min(layers.stop, model.first_k_dense_replace)))
        routed = len(layers) - plain
        always = (
            len(layers) * (own.replicated + own.divided / tensor) * byte
            + plain * dense(model) / tensor * byte
            + routed * (model.n_shared_experts * expert(model) / tensor * byte + router(model) * UNQUANTIZED)
            + (vocabulary if number == len(cut) - 1 else 0)
        )
        experts = routed * model.n_routed_experts * expert(model) / tensor * byte
        found.append(StageWeights(len(layers), routed, always, experts, vocabulary if number == 0 else 0))
    return found
