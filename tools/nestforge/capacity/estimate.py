"""Everything about one model with one engine on one instance type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.capacity.cost import cost_per_million
from nestforge.capacity.engine_limits import most_requests
from nestforge.capacity.fit import cache_tokens, least_share, memory_of, requests_at_once
from nestforge.capacity.layout import layout_on
from nestforge.capacity.measured import compare, expected
from nestforge.capacity.roofline import Cluster, Rate, decode, prefill
from nestforge.capacity.stated import READINGS, Reading, StatedRate, requests_per_second
from nestforge.model.catalog import Between
from nestforge.model.dataclass import dataclass

if TYPE_CHECKING:
    from nestforge.capacity.fit import Memory
    from nestforge.model.catalog import (
        Architecture,
        InstanceType,
        Machine,
        Model,
        OfferedEngine,
        Parallelism,
        Price,
    )

BITS = 8
GIGA = 1e9


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: nodes, share of GPU memory, longest context, tokens of a usual request."""

    nodes: int
    share: float
    context: int
    request_tokens: int


@dataclass(frozen=True, slots=True)
class Decoding:
    """Output tokens per second of so many requests at once: at best, and as measurements let expect."""

    batch: int
    roofline: Rate
    expected: Between | None
    cost: Between | None


@dataclass(frozen=True, slots=True)
class Throughput:
    """How fast: prompts, answers to one request and to as many as fit, and the document's requests per second."""

    prefill: Rate
    alone: Decoding
    full: Decoding
    stated: tuple[StatedRate, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What fits, and how fast it is; `throughput` is None where not even one usual request fits.

    `tokens` of cache lie between those with the larger and with the smaller reserve; `longest_context`, `requests`
    of the context that is asked for and `usual_requests` are those with the larger one.
    """

    model: Model
    engine: OfferedEngine
    instance: InstanceType
    layout: Parallelism
    memory: Memory
    tokens: Between
    longest_context: int
    requests: int
    usual_requests: int
    share_needed: float | None
    throughput: Throughput | None

    @property
    def fits(self) -> bool:
        """Whether one request of the context that is asked for fits."""
        return self.requests > 0


def estimate(
    model: Model, engine: OfferedEngine, machine: Machine, instance: InstanceType, question: Question
) -> Estimate | None:
    """Return the answer; None for a model whose architecture the catalog does not have."""
    architecture = model.architecture
    if architecture is None:
        return None
    layout = layout_on(engine.engine, question.nodes * instance.gpus)
    memory = memory_of(architecture, engine.engine, machine, layout)
    least = cache_tokens(memory, question.share, memory.reserve.most)
    most = cache_tokens(memory, question.share, memory.reserve.least)
    limit = most_requests(engine.engine)
    usual = requests_at_once(least, question.request_tokens, limit)
    return Estimate(
        model,
        engine,
        instance,
        layout,
        memory,
        Between(least, most),
        min(least, model.context.limit),
        requests_at_once(least, question.context, limit),
        usual,
        least_share(memory, question.context, memory.reserve.most),
        _throughput(_Case(model, architecture, engine, machine, instance, layout, least), question, usual)
        if usual
        else None,
    )


@dataclass(frozen=True, slots=True)
class _Case:
    model: Model
    architecture: Architecture
    engine: OfferedEngine
    machine: Machine
    instance: InstanceType
    layout: Parallelism
    tokens: int

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.machine.speed, self.instance.gpus, network_bytes(self.instance))

    def decode(self, batch: int, context: float) -> Rate:
        value_bytes = self.engine.engine.memory.cache_value_bytes
        return decode(self.architecture, self.layout, self.cluster, batch, context, value_bytes)

    def prefill(self, prompt: int) -> Rate:
        return prefill(self.architecture, self.layout, self.cluster, prompt)


def _throughput(case: _Case, question: Question, usual: int) -> Throughput:
    compared = compare(case.architecture, case.machine)

    def decoding(requests: int) -> Decoding:
        rate = case.decode(requests, question.request_tokens)
        likely = expected(compared, requests, rate.tokens_per_second)
        return Decoding(requests, rate, likely, _cost(case.instance.price, question.nodes, likely))

    return Throughput(
        case.prefill(question.request_tokens),
        decoding(1),
        decoding(usual),
        tuple(_stated(case, reading) for reading in READINGS),
    )


def _stated(case: _Case, reading: Reading) -> StatedRate:
    batch = requests_at_once(case.tokens, reading.input + reading.output, most_requests(case.engine.engine))
    answers = case.decode(max(1, batch), reading.input + reading.output / 2)
    rate = requests_per_second(reading, case.prefill(reading.input).tokens_per_second, answers.tokens_per_second)
    performance = case.model.performance
    return StatedRate(reading, rate, performance.stated_qps, performance.measured.request_rate)


def network_bytes(instance: InstanceType) -> float:
    """Return the bytes per second between two nodes: those of RDMA where the catalog has them, else the network's."""
    return (instance.rdma_gbps or instance.network_gbps) * GIGA / BITS


def _cost(price: Price | None, nodes: int, likely: Between | None) -> Between | None:
    if price is None or likely is None:
        return None
    return Between(
        cost_per_million(price.per_hour, nodes, likely.most), cost_per_million(price.per_hour, nodes, likely.least)
    )
