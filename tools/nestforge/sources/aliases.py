"""What aliases make of a YAML document: a few lines can stand for more values than memory holds."""

from __future__ import annotations

from nestforge.sources.nodes import children

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

_TIMES, _MORE = 10, 10_000


def too_many_values(root: Node) -> str | None:
    """Return what is wrong where aliases stand for far more values than are written, or for themselves."""
    sizes: dict[int, int] = {}
    waiting: list[tuple[Node, bool]] = [(root, False)]
    inside: set[int] = set()
    while waiting:
        node, done = waiting.pop()
        below = children(node)
        if done:
            sizes[id(node)] = 1 + sum(sizes[id(child)] for child in below)
            inside.discard(id(node))
        elif id(node) in inside:
            return "an alias stands for a value that it is itself a part of"
        elif id(node) not in sizes:
            inside.add(id(node))
            waiting.append((node, True))
            waiting += [(child, False) for child in below]
    if sizes[id(root)] > _TIMES * len(sizes) + _MORE:
        return f"aliases make more than {_TIMES * len(sizes) + _MORE:,} values of the {len(sizes):,} that are written"
    return None
