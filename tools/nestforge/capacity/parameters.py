"""How many parameters the parts of a model have. Norms and biases, below 0.01 % of all, are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.model.dataclass import dataclass

if TYPE_CHECKING:
    from nestforge.model.catalog import Architecture


@dataclass(frozen=True, slots=True)
class Attention:
    """Parameters of latent attention in one layer: what every GPU holds, and what tensor parallelism divides."""

    replicated: int
    divided: int


def attention(model: Architecture) -> Attention:
    """Return the parameters of latent attention.

    Source: DeepSeek-V2 report (arXiv:2405.04434), section 2.1; the projections by their names in the published
    weights: q_a_proj and kv_a_proj_with_mqa, which the engines replicate, q_b_proj, kv_b_proj and o_proj.
    """
    heads = model.num_attention_heads
    query = model.qk_nope_head_dim + model.qk_rope_head_dim
    down = model.hidden_size * (model.q_lora_rank + model.kv_lora_rank + model.qk_rope_head_dim)
    up = heads * (
        model.q_lora_rank * query
        + model.kv_lora_rank * (model.qk_nope_head_dim + model.v_head_dim)
        + model.v_head_dim * model.hidden_size
    )
    return Attention(down, up)


def dense(model: Architecture) -> int:
    """Return the parameters of the feed-forward part of a layer without experts: gate, up and down projection.

    Source: DeepSeek-V3 report (arXiv:2412.19437), section 2.1.
    """
    return 3 * model.hidden_size * model.intermediate_size


def expert(model: Architecture) -> int:
    """Return the parameters of one expert: gate, up and down projection.

    Source: DeepSeek-V3 report (arXiv:2412.19437), section 2.1.2.
    """
    return 3 * model.hidden_size * model.moe_intermediate_size


def router(model: Architecture) -> int:
    """Return the parameters that choose the experts of a token, `mlp.gate` in the published weights."""
    return model.hidden_size * model.n_routed_experts


def embedding(model: Architecture) -> int:
    """Return the parameters of the input embedding; the output head has as many."""
    return model.hidden_size * model.vocab_size


def total(model: Architecture) -> int:
    """Return the parameters of the whole model, without the module for multi-token prediction."""
    experts = model.n_routed_experts + model.n_shared_experts
    return _of_all_layers(model, experts) + 2 * embedding(model)


def active(model: Architecture) -> int:
    """Return the parameters that one token is multiplied with: without the embedding, which is looked up."""
    experts = model.num_experts_per_tok + model.n_shared_experts
    return _of_all_layers(model, experts) + embedding(model)


def _of_all_layers(model: Architecture, experts: int) -> int:
    own = attention(model)
    with_experts = model.num_hidden_layers - model.first_k_dense_replace
    return (
        model.num_hidden_layers * (own.replicated + own.divided)
        + model.first_k_dense_replace * dense(model)
        + with_experts * (experts * expert(model) + router(model))
    )
