"""Rooflines against figures computed by hand, and what they say about measurements and the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.capacity.published import BARE_METAL, CATALOG, DEEPSEEK, MACHINE, MODEL, QUESTION, SGLANG, TYPES, VLLM

from nestforge.capacity.cost import cost_per_million
from nestforge.capacity.estimate import estimate, network_bytes
from nestforge.capacity.measured import compare, expected
from nestforge.capacity.roofline import (
    Cluster,
    attention_operations,
    decode,
    experts_met,
    hop_seconds,
    operations_per_token,
    prefill,
)
from nestforge.capacity.stated import READINGS, Reading, requests_per_second
from nestforge.capacity.weights import stage_weights
from nestforge.model.catalog import Between, Parallelism

if TYPE_CHECKING:
    from nestforge.capacity.estimate import Estimate
    from nestforge.model.catalog import InstanceType, OfferedEngine

PAIR = Cluster(MACHINE.speed, 8, network_bytes(BARE_METAL))
TP8_PP2, TP16 = Parallelism(8, 2), Parallelism(16, 1)
LAYOUTS = st.sampled_from([TP8_PP2, TP16])


def found(instance: str, engine: OfferedEngine = VLLM) -> Estimate:
    answer = estimate(MODEL, engine, MACHINE, TYPES[instance], QUESTION)
    assert answer is not None
    return answer


def test_rdma_counts_before_the_network() -> None:
    assert network_bytes(BARE_METAL) == 20e9
    assert network_bytes(TYPES["ecs.gn8v-8x.16xlarge"]) == 4e9


def test_experts_that_tokens_meet() -> None:
    assert experts_met(DEEPSEEK, 1) == pytest.approx(8)
    assert experts_met(DEEPSEEK, 2) == pytest.approx(8 + 8 * 248 / 256)
    assert experts_met(DEEPSEEK, 10_000) == pytest.approx(256)


def test_operations_of_a_token() -> None:
    (stage,) = stage_weights(DEEPSEEK, Parallelism(1, 1))
    assert operations_per_token(DEEPSEEK, stage, head=True) == pytest.approx(2 * 36.6e9, rel=0.02)
    assert attention_operations(DEEPSEEK, 61, 1000) == 2 * 61 * 128 * (192 + 128) * 1000


def test_one_request_reads_the_weights_that_it_meets() -> None:
    """37.6 GB a token over eight GPUs of 4 TB/s, one stage after the other, without the network."""
    rate = decode(DEEPSEEK, TP8_PP2, Cluster(MACHINE.speed, 8, None), 1, 0, 2)
    first, last = stage_weights(DEEPSEEK, TP8_PP2)
    read = first.always + last.always + (first.routed + last.routed) * 8 / 256
    assert rate.bound == "memory"
    assert rate.tokens_per_second == pytest.approx(4e12 / read)


def test_a_hop_carries_hidden_states_and_residual() -> None:
    assert hop_seconds(DEEPSEEK, PAIR, 100) == 2 * 100 * 7168 * 2 / 20e9
    assert hop_seconds(DEEPSEEK, Cluster(MACHINE.speed, 8, None), 100) == 0


def test_sums_across_nodes_bound_the_prompts_of_one_stage_over_both() -> None:
    rate = prefill(DEEPSEEK, TP16, PAIR, 1000)
    assert rate.bound == "network"
    assert rate.tokens_per_second == pytest.approx(20e9 / (2 * 61 * 7168 * 2))
    assert prefill(DEEPSEEK, TP8_PP2, PAIR, 1000).bound == "arithmetic"


@given(LAYOUTS, st.integers(1, 256), st.integers(1, 100_000), st.integers(1, 100_000))
def test_a_fuller_cache_is_never_faster(layout: Parallelism, batch: int, one: int, other: int) -> None:
    shorter, longer = sorted((one, other))
    fast = decode(DEEPSEEK, layout, PAIR, batch, shorter, 2).tokens_per_second
    assert decode(DEEPSEEK, layout, PAIR, batch, longer, 2).tokens_per_second <= fast


@given(LAYOUTS, st.integers(1, 128), st.integers(0, 10_000))
def test_a_request_alone_is_never_slower_than_among_others(layout: Parallelism, batch: int, context: int) -> None:
    alone = decode(DEEPSEEK, layout, PAIR, 1, context, 2).tokens_per_second
    assert decode(DEEPSEEK, layout, PAIR, batch, context, 2).tokens_per_second / batch <= alone * (1 + 1e-9)


@given(LAYOUTS, st.integers(1, 163_840), st.integers(1, 163_840))
def test_longer_prompts_are_never_faster(layout: Parallelism, one: int, other: int) -> None:
    shorter, longer = sorted((one, other))
    fast = prefill(DEEPSEEK, layout, PAIR, shorter).tokens_per_second
    assert prefill(DEEPSEEK, layout, PAIR, longer).tokens_per_second <= fast


def test_no_published_measurement_is_above_the_roofline() -> None:
    compared = compare(DEEPSEEK, MACHINE)
    assert len(compared) == sum(len(one.results) for one in MACHINE.measurements)
    assert [one for one in compared if one.share >= 1] == []


def test_what_is_expected_goes_by_the_nearest_batches() -> None:
    compared = [one for one in compare(DEEPSEEK, MACHINE) if one.measurement.layout == TP8_PP2]
    shares = {one.batch: one.share for one in compared}
    assert expected(compared, 128, 1000) == Between(shares[64] * 1000, shares[128] * 1000)
    assert expected(compared, 3, 1000) == Between(min(shares[2], shares[4]) * 1000, max(shares[2], shares[4]) * 1000)
    assert expected([], 128, 1000) is None


def test_times_of_a_request_add_up() -> None:
    assert requests_per_second(Reading("", 100, 10), 1000, 100) == pytest.approx(1 / 0.2)
    assert requests_per_second(READINGS[0], 40_000, 1) == pytest.approx(4)


def test_the_document_states_more_than_the_hardware_allows() -> None:
    throughput = found("ecs.ebmgn8v.48xlarge").throughput
    assert throughput is not None
    assert [one.reading for one in throughput.stated] == list(READINGS)
    for one in throughput.stated:
        assert (one.stated, one.offered) == (75, 75)
        assert one.stated_share == pytest.approx(75 / one.roofline)
        assert one.stated_share > 1


def test_cost() -> None:
    assert cost_per_million(36, 2, 1000) == 20


def test_a_price_that_is_not_known_makes_no_cost() -> None:
    unknown, known = found("ecs.ebmgn8v.48xlarge").throughput, found("ecs.gn8v-8x.48xlarge").throughput
    assert unknown is not None
    assert known is not None
    assert unknown.full.cost is None
    assert known.full.cost is not None
    assert known.full.expected is not None
    assert known.full.cost.least == pytest.approx(cost_per_million(55, 2, known.full.expected.most))


@pytest.mark.parametrize("engine", [VLLM, SGLANG], ids=lambda engine: engine.id)
@pytest.mark.parametrize("instance", MACHINE.types, ids=lambda instance: instance.id)
def test_what_is_offered_fits_and_small_machines_do_not(instance: InstanceType, engine: OfferedEngine) -> None:
    answer = found(instance.id, engine)
    if instance in CATALOG.instances:
        assert answer.fits
        assert answer.longest_context == MODEL.context.limit
    if instance.gpus < 4:
        assert not answer.fits
        assert answer.longest_context == 0
        assert answer.share_needed is None
        assert answer.throughput is None
