"""What is written in a place where no function is called: parameters and what they say about the form."""

from __future__ import annotations

from nestforge.evaluate.data import DEEPEST
from nestforge.evaluate.fault import Fault, Kind
from nestforge.sources.libyaml import MappingNode, ScalarNode
from nestforge.sources.nodes import scalar
from nestforge.sources.yaml_scalar import scalar_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.evaluate.data import Data

MOST = 100_000
"""Values; aliases can make any number of them."""


def written(node: Node) -> Data:
    """Return a node as data."""
    return _written(node, 0, [0])


def _written(node: Node, depth: int, count: list[int]) -> Data:
    count[0] += 1
    if depth > DEEPEST:
        raise Fault(f"nested more than {DEEPEST} levels deep", kind=Kind.TOO_DEEP)
    if count[0] > MOST:
        raise Fault(f"more than {MOST:,} values", kind=Kind.TOO_LARGE)
    if isinstance(node, ScalarNode):
        return scalar_value(node)
    if isinstance(node, MappingNode):
        return {scalar(key) or "": _written(value, depth + 1, count) for key, value in node.value}
    return [_written(item, depth + 1, count) for item in node.value]
