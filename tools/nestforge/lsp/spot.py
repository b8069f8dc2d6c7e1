"""Where in a template a position is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.sources.compose import DEEPEST
from nestforge.sources.libyaml import MappingNode, ScalarNode, SequenceNode
from nestforge.sources.nodes import key_text

if TYPE_CHECKING:
    from yaml.nodes import Node


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place between two characters of a text; lines and columns count from 0, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Called:
    """The function in whose argument a place is, and the way from the argument to the place."""

    function: str
    argument: Node
    way: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """The nodes around a position, from the root to the innermost, and the keys and indexes that lead there.

    `on_key` says that the innermost node is a key: the last step of the way, and not the value below it.
    """

    nodes: tuple[Node, ...]
    way: tuple[str | int, ...]
    on_key: bool

    @property
    def node(self) -> Node:
        """The innermost node."""
        return self.nodes[-1]

    @property
    def text(self) -> str | None:
        """The scalar at the position, as YAML reads it."""
        return str(self.node.value) if isinstance(self.node, ScalarNode) else None

    @property
    def mapping(self) -> MappingNode | None:
        """The mapping whose key this is."""
        around = self.nodes[-2] if self.on_key else None
        return around if isinstance(around, MappingNode) else None

    @property
    def call(self) -> Called | None:
        """The innermost call around the position; a key is no part of the call that it makes."""
        for depth in range(len(self.nodes) - (3 if self.on_key else 1), -1, -1):
            node = self.nodes[depth]
            if node.tag.startswith("!"):
                return Called(function_name(node.tag), node, self.way[depth:])
            step = self.way[depth] if depth < len(self.way) else None
            if step == "Ref" or str(step).startswith("Fn::"):
                return Called(str(step), self.nodes[depth + 1], self.way[depth + 1 :])
        return None


def function_name(tag: str) -> str:
    """Return the long name of the function that a short tag calls."""
    short = tag.removeprefix("!")
    return short if short in ("Ref", "Condition") else f"Fn::{short}"


def spot_at(root: Node, position: Position) -> Spot:
    """Return where in the tree a position is."""
    nodes, way = [root], list[str | int]()
    while len(nodes) <= DEEPEST:
        node = nodes[-1]
        below: tuple[Node, str | int] | None = None
        if isinstance(node, MappingNode):
            for key, value in node.value:
                if isinstance(key, ScalarNode) and _holds(key, position):
                    return Spot((*nodes, key), (*way, key_text(key)), on_key=True)
                if _holds(value, position):
                    below = value, key_text(key)
        elif isinstance(node, SequenceNode):
            for index, item in enumerate(node.value):
                if _holds(item, position):
                    below = item, index
        if below is None:
            break
        nodes.append(below[0])
        way.append(below[1])
    return Spot(tuple(nodes), tuple(way), on_key=False)


def _holds(node: Node, position: Position) -> bool:
    start, end = node.start_mark, node.end_mark
    return (start.line, start.column) <= (position.line, position.column) <= (end.line, end.column)
