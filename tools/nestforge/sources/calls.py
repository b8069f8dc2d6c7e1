"""Find the calls of intrinsic functions."""

from __future__ import annotations

from nestforge.model.named_tuple import NamedTuple
from nestforge.sources.libyaml import CollectionNode, MappingNode, ScalarNode, SequenceNode
from nestforge.sources.nodes import function_of, items

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node


Guards = tuple[tuple[str, bool], ...]
"""Conditions, each with what it comes to where something is looked at."""

_NESTED = "ROSTemplateFormatVersion"


class Call(NamedTuple):
    """One use of an intrinsic function: `Ref`, `Fn::GetAtt`.

    Of a call in a section: the entry `owner` and its attribute `part`, how many calls are around this one,
    which directly, and what the entry's own condition and each `Fn::If` around it decide.
    """

    function: str
    argument: Node
    node: Node
    section: str = ""
    owner: str = ""
    part: str = ""
    depth: int = 0
    around: str | None = None
    guards: Guards = ()


def calls_below(
    root: Node | None, section: str = "", owner: str = "", part: str = "", guards: Guards = ()
) -> Iterator[Call]:
    """Yield every call in `root` and below, in the order in which they are written.

    A template inside a template has names of its own: it is left out. A node that an alias brings in a
    second time is visited once, so that an alias to what is around it ends.
    """
    waiting: list[tuple[Node, int, str | None, Guards]] = []
    if root is not None and may_hold(root):
        waiting.append((root, 0, None, guards))
    seen: set[int] = set()
    while waiting:
        node, depth, around, guards = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        called = function_of(node)
        if called is None:
            if not isinstance(node, MappingNode):
                below = node.value
            elif any(key.value == _NESTED for key, _ in node.value):
                continue
            else:
                below = [value for _, value in node.value]
            waiting += [(child, depth, around, guards) for child in reversed(below) if may_hold(child)]
            continue
        function, argument = called
        yield Call(function, argument, node, section, owner, part, depth, around, guards)
        depth += 1
        if function == "Fn::If" and (branches := _branches(argument)) is not None:
            condition, then, other = branches
            if may_hold(other):
                waiting.append((other, depth, function, (*guards, (condition, False))))
            if may_hold(then):
                waiting.append((then, depth, function, (*guards, (condition, True))))
        elif isinstance(argument, CollectionNode) and function_of(argument) is None:
            below = [value for _, value in argument.value] if isinstance(argument, MappingNode) else argument.value
            waiting += [(child, depth, function, guards) for child in reversed(below) if may_hold(child)]
        elif may_hold(argument):
            waiting.append((argument, depth, function, guards))


def may_hold(node: Node) -> bool:
    """Return whether a node can be a call, or have one below it."""
    return node.__class__ is not ScalarNode or node.tag[:1] == "!"


def _branches(argument: Node) -> tuple[str, Node, Node] | None:
    """Return the condition of `Fn::If` where it is named, and what is taken if it holds and if it does not."""
    given = items(argument)
    if len(given) != 3 or not isinstance(given[0], ScalarNode) or may_hold(given[0]):
        return None
    return str(given[0].value), given[1], given[2]


def names_in(argument: Node) -> list[Node]:
    """Return the list that is the argument of a function, or the argument where it is no list."""
    return list(argument.value) if isinstance(argument, SequenceNode) else [argument]
