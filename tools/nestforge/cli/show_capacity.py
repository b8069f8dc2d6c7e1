"""Show what fits and how fast it is: as tables, as JSON, as a chart."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import zip_longest
from math import ceil, floor
from textwrap import wrap
from typing import TYPE_CHECKING

from nestforge.capacity.chart import Line, chart
from nestforge.capacity.coefficients import coefficients
from nestforge.capacity.engine_limits import most_requests
from nestforge.capacity.measured import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from nestforge.capacity.estimate import Decoding, Estimate, Question, Throughput
    from nestforge.capacity.measured import Compared
    from nestforge.capacity.roofline import Rate
    from nestforge.capacity.stated import StatedRate
    from nestforge.model.catalog import Between, Catalog

SCHEMA = 1
GIB = 2**30
TITLE = "Requests at once by context length"
WIDTH = 100
"""Columns of a line, where the catalogs' names leave it so many."""


def why_not(estimate: Estimate) -> str:
    """Return why a request does not fit."""
    weights = max(stage.weights for stage in estimate.memory.stages) / GIB
    needed = (
        "more than the GPU has"
        if estimate.share_needed is None
        else f"a gpu-memory-utilization of {ceil(estimate.share_needed * 100) / 100:.2f}"
    )
    return (
        f"a GPU of {estimate.memory.gpu / GIB:.1f} GiB holds {weights:.1f} GiB of weights, up to "
        f"{estimate.memory.reserve.most / GIB:.1f} GiB of activations and buffers, and the cache: that takes {needed}"
    )


def capacity_text(estimates: Sequence[Estimate], catalog: Catalog, question: Question) -> str:
    """Return the tables: memory, throughput, the document's requests per second, published measurements, notes."""
    return "\n".join(_lines(estimates, catalog, question))


def _lines(estimates: Sequence[Estimate], catalog: Catalog, question: Question) -> Iterator[str]:
    yield (
        f"{question.nodes} nodes, {question.share:g} of {catalog.machine.gpu_memory_mib / 1024:.1f} GiB per GPU, "
        f"requests of {question.context:,} tokens, usual ones of {question.request_tokens:,}"
    )
    yield ""
    yield "memory per GPU, GiB"
    yield from _table(estimates, _MEMORY)
    yield ""
    yield "what fits: cache in thousands of tokens, with the larger and the smaller reserve; requests at once"
    yield from _table(estimates, _FITTING)
    quick = [one for one in estimates if one.throughput is not None]
    yield ""
    yield "tokens/s of one usual request: at best (roofline), and what published measurements let expect"
    yield from _table(quick, _ALONE)
    yield ""
    yield "tokens/s of as many usual requests as run at once, and the price of their answers"
    yield from _table(quick, _TOGETHER)
    yield ""
    yield 'requests/s: the document\'s figures beside the roofline of each reading of "10 kB per request"'
    offered = [one for one in quick if one.instance in catalog.instances]
    yield from _stated(offered or quick)
    yield ""
    yield "published measurements beside the roofline, output tokens/s"
    yield from _measurements(_compared(estimates, catalog))
    for other in catalog.machine.other_measurements:
        told = f"not compared: {other.hardware}, {other.software}: {other.result} ({other.source}): {other.reason}"
        yield from _wrapped(told, "  ")
    yield ""
    for note in _notes(estimates, question):
        yield from _wrapped(note)


def _wrapped(text: str, indent: str = "") -> list[str]:
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False)


def _table(estimates: Sequence[Estimate], columns: dict[str, Callable[[Estimate], str]]) -> Iterator[str]:
    """Yield a row for each set of figures; machines, engines and models that have it stand below each other.

    Only whole combinations share a row: each of its machines with each of its engines and models.
    """
    rows: list[_Row] = []
    for one in estimates:
        figures = tuple(column(one) for column in columns.values())
        rows.append(((_type(one),), (one.engine.label,), (one.model.name,), figures))
    for place in range(len(_NAMES)):
        rows = _merged(rows, place)
    lines = [line for *names, figures in rows for line in _stacked(names, figures)]
    yield from aligned([[*_NAMES, *columns], *lines], len(_NAMES))


_NAMES = ("instance type", "engine", "model")
_Row = tuple[tuple[str, ...], ...]


def _merged(rows: Sequence[_Row], place: int) -> list[_Row]:
    """Return the rows with those made one that differ in the names of that place only."""
    found: dict[_Row, dict[str, None]] = {}
    for row in rows:
        found.setdefault((*row[:place], *row[place + 1 :]), {}).update(dict.fromkeys(row[place]))
    return [(*rest[:place], tuple(names), *rest[place:]) for rest, names in found.items()]


def _stacked(names: Sequence[Sequence[str]], figures: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of a row: the names of each column below each other, the figures in the first line."""
    for number, own in enumerate(zip_longest(*names, fillvalue="")):
        yield [*own, *("" if number else figure for figure in figures)]


def _type(one: Estimate) -> str:
    return one.instance.id.removeprefix("ecs.")


def aligned(rows: Sequence[Sequence[str]], left: int) -> Iterator[str]:
    """Yield the rows as lines; the first `left` columns begin at one place, the others end at one."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  " + "  ".join(cells).rstrip()


def _layout(one: Estimate) -> str:
    return f"{one.layout.tensor}x{one.layout.pipeline}"


def _weights(one: Estimate) -> str:
    return "/".join(f"{stage.weights / GIB:.1f}" for stage in one.memory.stages)


def _reserve(one: Estimate) -> str:
    return f"{one.memory.reserve.least / GIB:.1f}-{one.memory.reserve.most / GIB:.1f}"


def _cache(one: Estimate) -> str:
    return f"{one.tokens.least / 1000:.0f}-{one.tokens.most / 1000:.0f}"


_MEMORY: dict[str, Callable[[Estimate], str]] = {
    "TPxPP": _layout,
    "weights": _weights,
    "reserve": _reserve,
}

_FITTING: dict[str, Callable[[Estimate], str]] = {
    "cache": _cache,
    "longest context": lambda one: f"{one.longest_context:,}" if one.longest_context else "does not fit",
    "requests": lambda one: str(one.requests),
    "usual": lambda one: str(one.usual_requests),
}


def _throughput(one: Estimate) -> Throughput:
    assert one.throughput is not None, "the rows are those that have one"
    return one.throughput


def _rate(rate: Rate) -> str:
    return f"{rate.tokens_per_second:,.0f} ({rate.bound})"


def _expected(decoding: Decoding) -> str:
    return f"{decoding.expected.least:,.0f}-{decoding.expected.most:,.0f}" if decoding.expected else "unknown"


def _price(one: Estimate) -> str:
    cost, price = _throughput(one).full.cost, one.instance.price
    if not cost or not price:
        return "unknown"
    return f"{cost.least:.0f}-{cost.most:.0f} {price.currency}{'' if price.official else _UNOFFICIAL}"


_UNOFFICIAL = " *"
"""Beside a figure that goes by a price that is not the provider's own."""

_ALONE: dict[str, Callable[[Estimate], str]] = {
    "prompt": lambda one: _rate(_throughput(one).prefill),
    "alone": lambda one: _rate(_throughput(one).alone.roofline),
    "expected": lambda one: _expected(_throughput(one).alone),
}

_TOGETHER: dict[str, Callable[[Estimate], str]] = {
    "at once": lambda one: str(_throughput(one).full.batch),
    "together": lambda one: _rate(_throughput(one).full.roofline),
    "expected": lambda one: _expected(_throughput(one).full),
    "1M tokens": _price,
}


def _stated(quick: Sequence[Estimate]) -> Iterator[str]:
    for number, reading in enumerate(_throughput(quick[0]).stated if quick else ()):
        yield f"  {reading.reading.name}"
        yield from _table(quick, _stated_columns(number))


def _stated_columns(number: int) -> dict[str, Callable[[Estimate], str]]:
    """Return the columns of the reading of that number."""

    def of(one: Estimate) -> StatedRate:
        return _throughput(one).stated[number]

    return {
        "roofline": lambda one: f"{of(one).roofline:.1f}",
        "stated": lambda one: _beside(of(one).stated, of(one).stated_share),
        "offered in its test": lambda one: _beside(of(one).offered, of(one).offered_share),
    }


def _beside(rate: int, share: float) -> str:
    return f"{rate} = {share:.1f} x"


def _compared(estimates: Sequence[Estimate], catalog: Catalog) -> list[Compared]:
    """Return the comparisons for the families of the models, each once."""
    families = {
        one.model.architecture.model_type: one.model.architecture for one in estimates if one.model.architecture
    }
    return [found for family in families.values() for found in compare(family, catalog.machine)]


def _measurements(compared: Sequence[Compared]) -> Iterator[str]:
    heads = ["machines", "software", "TPxPP", "in/out", "at once", "measured", "roofline", "reached"]
    rows = [
        line
        for one in compared
        for line in _stacked(
            (wrap(one.measurement.hardware, _NAME), wrap(one.measurement.software, _NAME)),
            _measured_figures(one),
        )
    ]
    yield from aligned([heads, *rows], 2)
    for note in dict.fromkeys(one.measurement.note for one in compared if one.measurement.note):
        yield from _wrapped(f"note: {note}", "  ")


_NAME = 20
"""Columns of a name in the table of measurements."""


def _measured_figures(one: Compared) -> list[str]:
    return [
        f"{one.measurement.layout.tensor}x{one.measurement.layout.pipeline}",
        f"{one.measurement.input}/{one.measurement.output}",
        str(one.batch),
        f"{one.measured:,.0f}",
        f"{one.roofline:,.0f}",
        f"{one.share:.0%}",
    ]


def _notes(estimates: Sequence[Estimate], question: Question) -> Iterator[str]:
    yield "The roofline is no promise: it counts bytes and operations, not latencies. Nothing here was measured on ECS."
    overheads = {one.engine.engine.memory.overhead_gib for one in estimates}
    for overhead in overheads:
        yield f"Of the reserve, {overhead.least:g} to {overhead.most:g} GiB for graphs and buffers are assumed."
    for one in {one.engine.id: one for one in reversed(estimates)}.values():
        if not one.memory.reserve_within:
            yield f"{one.engine.label}: its share holds weights and cache alone; {_beside_the_share(one, question)}."
    for instance in {one.instance.id: one.instance for one in estimates}.values():
        if price := instance.price:
            mark, whose = ("", "Alibaba Cloud's price") if price.official else ("* ", "NOT Alibaba Cloud's price")
            cost = f"{instance.id}: {price.per_hour:g} {price.currency} an hour"
            yield f"{mark}{cost}, {whose}: {price.source} ({price.date})."


def _beside_the_share(one: Estimate, question: Question) -> str:
    beside, needed = one.memory.gpu * (1 - question.share), one.memory.reserve
    told = f"{beside / GIB:.1f} GiB are beside it"
    if beside >= needed.most:
        return told
    need = "needs at least" if beside < needed.least else "may need"
    amount = needed.least if beside < needed.least else needed.most
    safe = floor((1 - needed.most / one.memory.gpu) * 100) / 100
    return (
        f"{told}, and the reserve {need} {amount / GIB:.1f}: with a share above {safe:.2f} it can run out of memory "
        "under load"
    )


def capacity_json(estimates: Sequence[Estimate], catalog: Catalog, question: Question) -> str:
    """Return one line of JSON: bytes, tokens, tokens per second; what is not known is null."""
    return json.dumps(
        {
            "schema": SCHEMA,
            "nodes": question.nodes,
            "gpu_memory_utilization": question.share,
            "max_model_len": question.context,
            "request_tokens": question.request_tokens,
            "estimates": [_facts(one) for one in estimates],
            "measurements": [_measured_facts(one) for one in _compared(estimates, catalog)],
            "other_measurements": [asdict(one) for one in catalog.machine.other_measurements],
        },
        ensure_ascii=False,
    )


def _measured_facts(one: Compared) -> dict[str, object]:
    of = one.measurement
    return {
        "hardware": of.hardware,
        "software": of.software,
        "layout": asdict(of.layout),
        "input": of.input,
        "output": of.output,
        "batch": one.batch,
        "measured": one.measured,
        "roofline": one.roofline,
        "reached": one.share,
        "note": of.note,
        "source": of.source,
    }


def _facts(one: Estimate) -> dict[str, object]:
    return {
        "model": one.model.id,
        "engine": one.engine.id,
        "instance_type": one.instance.id,
        "layout": asdict(one.layout),
        "fits": one.fits,
        "why_not": None if one.fits else why_not(one),
        "coefficients": coefficients(one.memory),
        "reserve": asdict(one.memory.reserve),
        "cache_tokens": asdict(one.tokens),
        "longest_context": one.longest_context,
        "requests": one.requests,
        "usual_requests": one.usual_requests,
        "least_gpu_memory_utilization": one.share_needed,
        "throughput": None if one.throughput is None else _speed_facts(one.throughput),
        "price": asdict(one.instance.price) if one.instance.price else None,
    }


def _speed_facts(found: Throughput) -> dict[str, object]:
    return {
        "prefill": asdict(found.prefill),
        "alone": _decoding_facts(found.alone),
        "full": _decoding_facts(found.full),
        "requests_per_second": [
            {**asdict(one), "stated_share": one.stated_share, "offered_share": one.offered_share}
            for one in found.stated
        ],
    }


def _decoding_facts(found: Decoding) -> dict[str, object]:
    return {
        "batch": found.batch,
        **asdict(found.roofline),
        "expected": _between(found.expected),
        "cost_per_million": _between(found.cost),
    }


def _between(found: Between | None) -> dict[str, object] | None:
    return asdict(found) if found else None


def capacity_chart(estimates: Sequence[Estimate], catalog: Catalog, question: Question) -> str:
    """Return the chart as SVG: a line for each engine and size of machine, of all models with the same figures."""
    lines: dict[tuple[int, int | None], list[Estimate]] = {}
    for one in estimates:
        if one.tokens.least:
            lines.setdefault((int(one.tokens.least), most_requests(one.engine.engine)), []).append(one)
    contexts = (min(m.context.minimum for m in catalog.models), max(m.context.limit for m in catalog.models))
    drawn = [Line(_named(group), tokens, most) for (tokens, most), group in lines.items()]
    title = f"{TITLE}: {question.nodes} nodes, {question.share:g} of the GPU memory"
    return chart(drawn, contexts, title)


def _named(group: list[Estimate]) -> str:
    models, engines, gpus = (
        dict.fromkeys(names)
        for names in (
            [one.model.name for one in group],
            [one.engine.label for one in group],
            [str(one.instance.gpus) for one in group],
        )
    )
    return f"{', '.join(models)}; {', '.join(engines)}; {' or '.join(gpus)} GPUs a node"
