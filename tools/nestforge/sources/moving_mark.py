"""Places in a text that is edited: lines are put in above and taken out, and what is below stays what it is."""

from __future__ import annotations

from nestforge.sources.libyaml import MappingNode, ScalarNode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from yaml.nodes import Node


class Stretch:
    """Lines that move together; `line`, from 0, is where the first one is."""

    __slots__ = ("line",)

    def __init__(self, line: int) -> None:
        self.line = line


class MovingMark:
    """A place as PyYAML's marks say it, in a stretch of lines that can move: so many lines `below` its first one."""

    __slots__ = ("below", "column", "stretch")

    def __init__(self, stretch: Stretch, below: int, column: int) -> None:
        self.stretch = stretch
        self.below = below
        self.column = column

    @property
    def line(self) -> int:
        """The line, from 0, where the stretch is now."""
        return self.stretch.line + self.below


def let_move(nodes: Iterable[Node], stretch: Stretch) -> None:
    """Have the nodes and all that is below them move with a stretch, in which they are."""
    waiting = list(nodes)
    first = stretch.line
    while waiting:
        node = waiting.pop()
        start, end = node.start_mark, node.end_mark
        if start.__class__ is MovingMark:
            continue  # an alias stands for what was met before
        node.start_mark = MovingMark(stretch, start.line - first, start.column)
        node.end_mark = MovingMark(stretch, end.line - first, end.column)
        if isinstance(node, MappingNode):
            waiting += [of for pair in node.value for of in pair]
        elif not isinstance(node, ScalarNode):
            waiting += node.value
