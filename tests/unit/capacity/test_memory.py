"""Weights, cache and fit against figures that were computed by hand or published."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.capacity.published import CATALOG, DEEPSEEK, MACHINE, MODEL, SERVICE, SGLANG, VLLM

from nestforge.capacity.cache import cache_bytes_per_token
from nestforge.capacity.coefficients import coefficients
from nestforge.capacity.engine_limits import batched_tokens, most_requests
from nestforge.capacity.fit import Memory, cache_tokens, least_share, memory_of, requests_at_once
from nestforge.capacity.layout import layout_on, stages
from nestforge.capacity.longest_context import too_long
from nestforge.capacity.parameters import active, attention, dense, expert, total
from nestforge.capacity.reserve import activation_bytes, reserve_bytes
from nestforge.capacity.weights import stage_weights
from nestforge.model.catalog import Argument, Parallelism

if TYPE_CHECKING:
    from nestforge.model.catalog import Model

GIB = 2**30
TP8_PP2 = memory_of(DEEPSEEK, VLLM.engine, MACHINE, Parallelism(8, 2))
TP16 = memory_of(DEEPSEEK, SGLANG.engine, MACHINE, Parallelism(16, 1))
MEMORIES = st.sampled_from([TP8_PP2, TP16])
SHARES = st.floats(0.3, 1.0)


def weights_gib(tensor: int, pipeline: int) -> list[float]:
    return [round(stage.total / GIB, 2) for stage in stage_weights(DEEPSEEK, Parallelism(tensor, pipeline))]


@pytest.mark.parametrize("model", CATALOG.models, ids=lambda model: model.name)
def test_the_parameters_add_up_to_what_the_publisher_states(model: Model) -> None:
    architecture = model.architecture
    assert architecture is not None
    published = architecture.published
    assert total(architecture) / 1e9 == pytest.approx(published.parameters_b, rel=0.001)
    assert active(architecture) / 1e9 == pytest.approx(published.active_parameters_b, rel=0.01)


def test_parts_of_a_layer() -> None:
    own = attention(DEEPSEEK)
    assert own.replicated == 7168 * 1536 + 7168 * 576
    assert own.divided == 1536 * 128 * 192 + 512 * 128 * 256 + 128 * 128 * 7168
    assert expert(DEEPSEEK) == 44_040_192
    assert dense(DEEPSEEK) == 396_361_728


@pytest.mark.parametrize(
    ("layers", "pipeline", "expected"),
    [(61, 1, [61]), (61, 2, [31, 30]), (61, 4, [15, 15, 16, 15]), (63, 4, [16, 16, 16, 15]), (8, 8, [1] * 8)],
)
def test_layers_of_the_stages(layers: int, pipeline: int, expected: list[int]) -> None:
    found = stages(layers, pipeline)
    assert [len(stage) for stage in found] == expected
    assert [layer for stage in found for layer in stage] == list(range(layers))


def test_the_whole_model_is_as_large_as_its_files_without_the_mtp_module() -> None:
    (stage,) = stage_weights(DEEPSEEK, Parallelism(1, 1))
    assert stage.total / 1e9 == pytest.approx(673.1, abs=0.1)
    assert stage.total < MODEL.weights_gib * GIB


@pytest.mark.parametrize(("tensor", "pipeline", "expected"), [(8, 2, [38.41, 40.88]), (16, 1, [40.2]), (8, 1, [79.3])])
def test_weights_of_one_gpu(tensor: int, pipeline: int, expected: list[float]) -> None:
    assert weights_gib(tensor, pipeline) == pytest.approx(expected, abs=0.05)


def test_weights_of_one_gpu_are_what_a_log_of_vllm_shows() -> None:
    """DeepSeek-V3#205: "Loading model weights took 16.96 GB" on the first of four stages, TP8."""
    assert weights_gib(8, 4)[0] == pytest.approx(16.96, rel=0.02)


def test_the_stages_together_hold_what_one_gpu_would() -> None:
    whole = stage_weights(DEEPSEEK, Parallelism(1, 1))[0].total
    assert sum(stage.total for stage in stage_weights(DEEPSEEK, Parallelism(1, 4))) == pytest.approx(whole)


def test_cache_of_a_token() -> None:
    assert cache_bytes_per_token(DEEPSEEK, 61, 2) == 576 * 2 * 61 == 70_272
    assert cache_bytes_per_token(DEEPSEEK, 61, 1) == 35_136
    assert [stage.cache_per_token for stage in TP8_PP2.stages] == [31 * 1152, 30 * 1152]
    assert [stage.cache_per_token for stage in TP16.stages] == [70_272]


def test_activations() -> None:
    assert activation_bytes(DEEPSEEK, 8192, 8) == 8192 * 8 * (3 * 256 + 7168) * 2
    reserve = reserve_bytes(DEEPSEEK, VLLM.engine, 8)
    assert reserve.most - reserve.least == 4 * GIB


def test_limits_of_the_engines_are_read_from_their_arguments() -> None:
    assert (batched_tokens(VLLM.engine), most_requests(VLLM.engine)) == (8192, 128)
    assert (batched_tokens(SGLANG.engine), most_requests(SGLANG.engine)) == (8192, None)
    limited = replace(SGLANG.engine, serve_arguments=(Argument("--max-running-requests", "40"),))
    assert most_requests(limited) == 40


def test_tokens_that_fit() -> None:
    at_0_9 = [cache_tokens(TP8_PP2, 0.9, reserve) for reserve in (10 * GIB, 6 * GIB)]
    assert at_0_9 == pytest.approx([1_090_000, 1_220_000], rel=0.01)


def test_a_share_for_everything_holds_the_reserve_and_one_for_the_cache_only_leaves_room_for_it() -> None:
    assert cache_tokens(TP8_PP2, 0.9, 10 * GIB) < cache_tokens(TP8_PP2, 0.9, 6 * GIB)
    assert cache_tokens(TP16, 0.8, 10 * GIB) == cache_tokens(TP16, 0.8, 6 * GIB)
    beyond = cache_tokens(TP16, 0.99, 10 * GIB)
    assert beyond == cache_tokens(TP16, 1.0, 10 * GIB) < cache_tokens(TP16, 0.99, 0)


@given(MEMORIES, SHARES, SHARES, st.floats(0, 12 * GIB))
def test_more_share_never_holds_less(memory: Memory, one: float, other: float, reserve: float) -> None:
    less, more = sorted((one, other))
    assert cache_tokens(memory, less, reserve) <= cache_tokens(memory, more, reserve)


@given(MEMORIES, SHARES, st.floats(0, 12 * GIB), st.floats(0, 12 * GIB))
def test_more_reserve_never_holds_more(memory: Memory, share: float, one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert cache_tokens(memory, share, more) <= cache_tokens(memory, share, less)


@given(st.integers(0, 2_000_000), st.integers(1, 163_840), st.integers(1, 163_840))
def test_longer_contexts_never_run_more_at_once(tokens: int, one: int, other: int) -> None:
    shorter, longer = sorted((one, other))
    assert requests_at_once(tokens, longer, None) <= requests_at_once(tokens, shorter, None)
    assert requests_at_once(tokens, shorter, 16) <= 16


@given(MEMORIES, st.integers(1, 163_840))
def test_the_least_share_is_where_the_context_begins_to_fit(memory: Memory, context: int) -> None:
    reserve = memory.reserve.most
    share = least_share(memory, context, reserve)
    assert share is not None
    assert cache_tokens(memory, share + 1e-6, reserve) >= context
    assert cache_tokens(memory, share - 1e-6, reserve) < context


def test_there_is_no_share_for_what_a_gpu_cannot_hold() -> None:
    assert least_share(TP16, 10_000_000, 0) is None


@given(MEMORIES, SHARES)
def test_a_page_computes_the_same_from_the_coefficients(memory: Memory, share: float) -> None:
    found = coefficients(memory)
    gpu, most = found["gpu"], found["most"]
    assert isinstance(gpu, int)
    assert isinstance(most, int | float)
    assert isinstance(found["stages"], list)
    fewest = min((min(gpu * share, most) - one["held"]) / one["cache_per_token"] for one in found["stages"])
    assert max(0, int(fewest)) == pytest.approx(cache_tokens(memory, share, memory.reserve.most), abs=1)


def test_an_engine_has_a_stage_a_gpu_at_most() -> None:
    assert layout_on(VLLM.engine, 16) == VLLM.engine.parallelism
    assert layout_on(SGLANG.engine, 16) == SGLANG.engine.parallelism
    assert layout_on(VLLM.engine, 1) == Parallelism(1, 1)


def test_what_the_form_offers_fits() -> None:
    assert too_long(SERVICE, CATALOG) is None


def test_models_without_an_architecture_are_passed_over() -> None:
    models = tuple(replace(model, architecture=None) for model in CATALOG.models)
    assert too_long(SERVICE, replace(CATALOG, models=models)) is None
