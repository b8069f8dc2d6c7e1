"""What the nodes of one deployment must agree about when each starts its part of an engine, or of Ray."""

from __future__ import annotations

from nestforge.lint.engine import Finding
from nestforge.lint.engine_starts import flag_values
from nestforge.model.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nestforge.lint.engine_starts import Start
    from nestforge.model.diagnostic import Span

_CLUSTER = ("--nnodes", "--dist-init-addr", "--node-rank")
_SHARED = {
    "sglang": ("--nnodes", "--dist-init-addr", "--tp-size", "--model-path", "--trust-remote-code"),
    "ray": ("--node-ip-address", "--num-gpus"),
}
_SAME = {"sglang": ("--nnodes", "--tp-size", "--pp-size", "--model-path"), "ray": ()}
_MEETING = {"sglang": "--dist-init-addr", "ray": "--address"}
"""The flag whose port each node must have alike; the head of Ray gives it as `--port`."""

_RAY_PORT = "6379"
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
    port: str | None
    """Where the nodes meet, if it is known."""


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
                nodes.append(_Node(start.resource, span, values, _port(start, values)))
        else:
            if len({node.name for node in nodes}) > 1:
                yield from _among(engine, nodes)


def _port(start: Start, values: dict[str, str | None]) -> str | None:
    """Return the port at which a start meets the others; the host before it may be known only at deployment."""
    if start.engine == "ray" and "--head" in values:
        return values.get("--port", _RAY_PORT)
    flag = _MEETING[start.engine]
    for index, word in enumerate(start.arguments):
        name, equals, value = word.text.partition("=")
        if _ALIASES.get(name, name) == flag:
            value = value if equals else "".join(following.text for following in start.arguments[index + 1 : index + 2])
            port = value.rpartition(":")[2]
            return port if ":" in value and port.isdigit() else None
    return None


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
    yield from _apart(engine, nodes)
    if engine == "sglang":
        yield from _same_ranks(nodes)


def _apart(engine: str, nodes: list[_Node]) -> Iterator[Finding]:
    """Yield the nodes that look for the others at another port than the first one, the head of Ray."""
    heads = [node for node in nodes if "--head" in node.values] if engine == "ray" else nodes[:1]
    if len(heads) != 1 or heads[0].port is None:
        return
    for node in nodes:
        if node.name != heads[0].name and node.port not in (None, heads[0].port):
            message = f"{_TITLE[engine]} looks for the first node at port {node.port}, which is at {heads[0].port}"
            yield Finding(node.span, message, f"give '{_MEETING[engine]}' the port {heads[0].port}")


def _same_ranks(nodes: list[_Node]) -> Iterator[Finding]:
    """Yield the nodes that have the rank of another one; without one, it is 0."""
    taken: dict[str, str] = {}
    for node in nodes:
        rank = node.values.get("--node-rank", "0")
        if rank is not None and taken.setdefault(rank, node.name) != node.name:
            message = f"rank {rank} is the one of '{taken[rank]}' as well"
            yield Finding(node.span, message, "give '--node-rank' on each node")
