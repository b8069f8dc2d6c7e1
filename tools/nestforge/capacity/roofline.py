"""How fast the hardware allows it to be: no engine is faster, and each is slower by what it does beside.

Memory, arithmetic and network are taken to overlap fully, so the slowest of them is the bound. Latencies, launches of
kernels and the gaps between steps are not counted: published measurements tell them (`measured`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.capacity.cache import cache_bytes_per_token
from nestforge.capacity.parameters import attention, dense, embedding, expert, router
from nestforge.capacity.weights import stage_weights
from nestforge.model.dataclass import dataclass

if TYPE_CHECKING:
    from nestforge.capacity.weights import StageWeights
    from nestforge.model.catalog import Architecture, GpuSpeed, Parallelism

GIGA = 1e9
TERA = 1e12
ACTIVATION = 2
"""Bytes of a value that travels between GPUs: bf16."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """What a roofline needs of the machines; `network` in bytes per second of one node, None: not counted."""

    speed: GpuSpeed
    gpus_per_node: int
    network: float | None


@dataclass(frozen=True, slots=True)
class Rate:
    """Tokens per second, and what bounds them: memory, arithmetic, nvlink, network."""

    tokens_per_second: float
    bound: str


def experts_met(model: Architecture, tokens: int) -> float:
    """Return how many of a layer's experts so many tokens are expected to meet, if each expert is as likely.

    Source: the expected number of distinct draws, n (1 - (1 - k/n)^tokens).
    """
    share = model.num_experts_per_tok / model.n_routed_experts
    return model.n_routed_experts * (1 - (1 - share) ** tokens)


def operations_per_token(model: Architecture, stage: StageWeights, *, head: bool) -> float:
    """Return the operations on weights of one token in the layers of a stage, over all its GPUs.

    Source: two operations, multiply and add, for each parameter that the token meets (Kaplan et al.,
    arXiv:2001.08361, section 2.1).
    """
    own = attention(model)
    met = (model.num_experts_per_tok + model.n_shared_experts) * expert(model) + router(model)
    plain = stage.layers - stage.expert_layers
    parameters = stage.layers * (own.replicated + own.divided) + plain * dense(model) + stage.expert_layers * met
    return 2 * (parameters + (embedding(model) if head else 0))


def attention_operations(model: Architecture, layers: int, context: float) -> float:
    """Return the operations of one token's attention over `context` others, over all GPUs of a stage.

    Source: a product of query and key, and one of weight and value, per head and token (DeepSeek-V2 report,
    arXiv:2405.04434, equations 9 to 11).
    """
    values = model.qk_nope_head_dim + model.qk_rope_head_dim + model.v_head_dim
    return 2 * layers * model.num_attention_heads * values * context


def decode(
    model: Architecture, layout: Parallelism, cluster: Cluster, batch: int, context: float, value_bytes: int
) -> Rate:
    """Return the output tokens per second of `batch` requests with `context` tokens each in the cache.

    Each step reads the weights that its tokens meet, and the cache of all its requests. With stages, the requests
    are dealt into as many groups, which take turns: a step lasts one way through all stages and the hops between
    them, or as long as the slowest stage needs for all groups.

    Source: roofline model (Williams et al., CACM 52(4), 2009).
    """
    groups = min(layout.pipeline, batch)
    group = -(-batch // groups)
    found = [
        _stage_step(model, layout, cluster, stage, group, context, value_bytes, head=number == layout.pipeline - 1)
        for number, stage in enumerate(stage_weights(model, layout))
    ]
    way = sum(seconds for seconds, _ in found) + (layout.pipeline - 1) * hop_seconds(model, cluster, group)
    slowest, bound = max(found)
    return Rate(batch / max(way, groups * slowest), bound)


def _stage_step(
    model: Architecture,
    layout: Parallelism,
    cluster: Cluster,
    stage: StageWeights,
    group: int,
    context: float,
    value_bytes: int,
    *,
    head: bool,
) -> tuple[float, str]:
    """Return the seconds of one step on one stage, and what bounds it."""
    speed = cluster.speed
    routed = stage.routed * experts_met(model, group) / model.n_routed_experts
    cached = group * context * cache_bytes_per_token(model, stage.layers, value_bytes)
    weights = group * operations_per_token(model, stage, head=head) / (layout.tensor * speed.fp8_tflops * TERA)
    scores = group * attention_operations(model, stage.layers, context) / (layout.tensor * speed.bf16_tflops * TERA)
    return max(
        ((stage.always + routed + cached) / (speed.memory_gbytes * GIGA), "memory"),
        (weights + scores, "arithmetic"),
        *_reductions(model, layout, cluster, stage.layers, group),
    )


def prefill(model: Architecture, layout: Parallelism, cluster: Cluster, prompt: int) -> Rate:
    """Return the prompt tokens per second, with prompts of `prompt` tokens and every stage at work.

    A token attends to half of its prompt on average. Weights are read once for thousands of tokens and do not count.

    Source: roofline model (Williams et al., CACM 52(4), 2009).
    """
    speed = cluster.speed
    slowest = max(
        max(
            (
                operations_per_token(model, stage, head=False) / (layout.tensor * speed.fp8_tflops * TERA)
                + attention_operations(model, stage.layers, prompt / 2) / (layout.tensor * speed.bf16_tflops * TERA),
                "arithmetic",
            ),
            *_reductions(model, layout, cluster, stage.layers, 1),
        )
        for stage in stage_weights(model, layout)
    )
    hop = hop_seconds(model, cluster, 1) if layout.pipeline > 1 else 0.0
    seconds, bound = max(slowest, (hop, "network"))
    return Rate(1 / seconds, bound)


def hop_seconds(model: Architecture, cluster: Cluster, tokens: int) -> float:
    """Return the seconds of the hop from one stage to the next, between two nodes.

    Source: vLLM, models/deepseek_v2.py: hidden_states and residual of each token are sent.
    """
    if cluster.network is None:
        return 0.0
    return 2 * tokens * model.hidden_size * ACTIVATION / cluster.network


def _reductions(
    model: Architecture, layout: Parallelism, cluster: Cluster, layers: int, tokens: int
) -> list[tuple[float, str]]:
    """Return the seconds of the sums over all GPUs of a stage, two a layer, on each kind of link that they use.

    Inside a node each GPU sends and receives nearly twice the values (a ring); between nodes each node sends the
    values once (reduce half, then gather half, of two nodes).

    Source: Shoeybi et al., Megatron-LM (arXiv:1909.08053), section 3: one all-reduce after attention, one after the
    feed-forward part; NCCL tests, PERFORMANCE.md: 2 (n - 1) / n of the bytes in an all-reduce of n.
    """
    values = 2 * layers * tokens * model.hidden_size * ACTIVATION
    inside = min(layout.tensor, cluster.gpus_per_node)
    one_way = cluster.speed.nvlink_gbytes * GIGA / 2
    found = [(2 * (inside - 1) / inside * values / one_way, "nvlink")]
    nodes = -(-layout.tensor // cluster.gpus_per_node)
    if nodes > 1 and cluster.network is not None:
        found.append((2 * (nodes - 1) / nodes * values / cluster.network, "network"))
    return found
