"""R7040."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.engine_starts import flag_values, starts_of
from nestforge.model.diagnostic import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


_CLUSTER = ("--nnodes", "--dist-init-addr", "--node-rank")
_SHARED = ("--nnodes", "--dist-init-addr", "--tp-size", "--model-path")
_SAME = ("--nnodes", "--tp-size", "--pp-size", "--model-path")
_ALIASES = {
    "--tensor-parallel-size": "--tp-size",
    "--tp": "--tp-size",
    "--pipeline-parallel-size": "--pp-size",
    "--nccl-init-addr": "--dist-init-addr",
    "--model": "--model-path",
}


@rule("R7040", severity="warning")
def engine_flag_on_one_node(template: Template) -> Iterator[Finding]:
    """SGLang is started on several nodes, and one lacks what each of them needs, or has another value.

    The ranks must agree about the model, the address of the first, the number of nodes and how the model is cut,
    and each has a rank of its own; else they wait for each other until a timeout.

    Bad:  --nnodes 2 --node-rank 0 --dist-init-addr $HEAD:20000 on one node, --nnodes 2 --node-rank 1 on the other
    Good: --nnodes 2 --dist-init-addr $HEAD:20000 on both, --node-rank 0 on one and 1 on the other
    """
    nodes = [
        (start, values)
        for start in starts_of(template)
        if start.engine == "sglang"
        and (values := flag_values(start, _ALIASES)) is not None
        and any(flag in values for flag in _CLUSTER)
    ]
    if len({start.resource for start, _ in nodes}) < 2:
        return
    (_, first), *_others = nodes
    for start, values in nodes:
        span = Span(template.path, start.command.line)
        for flag in _SHARED:
            if flag not in values and any(flag in other for _, other in nodes):
                message = f"SGLang is started without '{flag}' here, and with it on another node"
                yield Finding(span, message, "give it on each node")
        for flag in _SAME:
            mine, theirs = values.get(flag), first.get(flag)
            if mine and theirs and mine != theirs:
                yield Finding(span, f"'{flag}' is '{mine}' here and '{theirs}' on another node", "give both the same")
    yield from _ranks([(Span(template.path, start.command.line), start.resource, values) for start, values in nodes])


def _ranks(nodes: list[tuple[Span, str, dict[str, str | None]]]) -> Iterator[Finding]:
    """Yield the nodes that have the rank of another one; without one, it is 0."""
    taken: dict[str, str] = {}
    for span, resource, values in nodes:
        rank = values.get("--node-rank", "0")
        if rank is not None and taken.setdefault(rank, resource) != resource:
            yield Finding(span, f"rank {rank} is the one of '{taken[rank]}' as well", "give '--node-rank' on each node")
