"""What the nodes of one deployment must agree about when each starts its part of an engine, or of Ray."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nestforge.lint.engine import Finding
from nestforge.lint.engine_starts import flag_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nestforge.lint.engine_starts import Start
    from nestforge.model.diagnostic import Span

_CLUSTER = ("--nnodes", "--dist-init-addr", "--node-rank")
_SHARED = {
    "sglang": ("--nnodes", "--dist-init-addr", "--tp-size", "--model-path"),
    "ray": ("--node-ip-address", "--num-gpus"),
}
_SAME = {"sglang": ("--nnodes", "--tp-size", "--pp-size", "--model-path"), "ray": ()}
_TITLE = {"sglang": "SGLang", "ray": "Ray"}
_ALIASES = {
    "--tensor-parallel-size": "--tp-size",
    "--tp": "--tp-size",
    "--pipeline-parallel-size": "--pp-size",
    "--nccl-init-addr": "--dist-init-addr",
    "--model": "--model-path",
}


class _Node(NamedTuple):
    name: str
    span: Span
    values: dict[str, str | None]


def disagreements(starts: Iterable[tuple[Start, Span]]) -> Iterator[Finding]:
    """Yield where the starts on different nodes do not fit together; nothing where one is not known in full."""
    found = list(starts)
    for engine in _SHARED:
        nodes: list[_Node] = []
        for start, span in found:
            values = flag_values(start, _ALIASES) if start.engine == engine else {}
            if values is None:
                break
            if start.engine == engine and (engine == "ray" or any(flag in values for flag in _CLUSTER)):
                nodes.append(_Node(start.resource, span, values))
        else:
            if len({node.name for node in nodes}) > 1:
                yield from _among(engine, nodes)


def _among(engine: str, nodes: list[_Node]) -> Iterator[Finding]:
    title, first = _TITLE[engine], nodes[0]
    for node in nodes:
        for flag in _SHARED[engine]:
            if flag not in node.values and any(flag in other.values for other in nodes):
                message = f"{title} is started without '{flag}' here, and with it on another node"
                yield Finding(node.span, message, "give it on each node")
        for flag in _SAME[engine]:
            mine, theirs = node.values.get(flag), first.values.get(flag)
            if mine and theirs and mine != theirs:
                message = f"'{flag}' is '{mine}' here and '{theirs}' on another node"
                yield Finding(node.span, message, "give both the same")
    if engine == "sglang":
        yield from _same_ranks(nodes)


def _same_ranks(nodes: list[_Node]) -> Iterator[Finding]:
    """Yield the nodes that have the rank of another one; without one, it is 0."""
    taken: dict[str, str] = {}
    for node in nodes:
        rank = node.values.get("--node-rank", "0")
        if rank is not None and taken.setdefault(rank, node.name) != node.name:
            message = f"rank {rank} is the one of '{taken[rank]}' as well"
            yield Finding(node.span, message, "give '--node-rank' on each node")
