"""What aliases make of a YAML document: a few lines can stand for more values than memory holds."""

from __future__ import annotations

from nestforge.sources.compose import DEEPEST
from nestforge.sources.libyaml import ScalarNode
from nestforge.sources.nodes import children

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node


def endless_in(root: Node, most: int) -> tuple[Node, str] | None:
    """Return the first value that stands for itself, or for more than `most` values or too many levels, and why."""
    sizes: dict[int, int] = {}
    depths: dict[int, int] = {}
    around: set[int] = set()
    waiting: list[tuple[Node, bool]] = [(root, False)]
    while waiting:
        node, done = waiting.pop()
        below = children(node)
        if done:
            around.discard(id(node))
            sizes[id(node)] = size = 1 + sum(sizes.get(id(child), 1) for child in below)
            depths[id(node)] = depth = 1 + max(depths.get(id(child), 0) for child in below)
            if size > most or depth > DEEPEST:
                too_much = f"more than {most:,} values" if size > most else f"nested more than {DEEPEST} levels deep"
                return node, f"with its aliases written out, this is {too_much}"
        elif id(node) in around:
            return node, "an alias inside of this leads back to it"
        elif id(node) not in sizes and below:
            around.add(id(node))
            waiting.append((node, True))
            waiting += [(child, False) for child in below if not isinstance(child, ScalarNode)]
    return None
