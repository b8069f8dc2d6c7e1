"""Find the calls of intrinsic functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import yaml
from yaml.nodes import CollectionNode

from nestforge.sources.nodes import children, function_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node


class Call(NamedTuple):
    """One use of an intrinsic function: `Ref`, `Fn::GetAtt`."""

    function: str
    argument: Node
    node: Node


def calls_below(root: Node | None) -> Iterator[Call]:
    """Yield every call in `root` and below, in no particular order.

    A template inside a template has names of its own: it is left out. A node that an alias brings in a
    second time is visited once, so that an alias to what is around it ends.
    """
    waiting = [root] if root is not None else []
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen or _is_template(node):
            continue
        seen.add(id(node))
        if called := function_of(node):
            yield Call(*called, node)
        waiting += [child for child in children(node) if child.tag[:1] == "!" or isinstance(child, CollectionNode)]


def names_in(argument: Node) -> list[Node]:
    """Return the list that is the argument of a function, or the argument where it is no list."""
    return list(argument.value) if isinstance(argument, yaml.SequenceNode) else [argument]


def _is_template(node: Node) -> bool:
    """Return whether this is the TemplateBody of a nested stack, and not the template itself."""
    return isinstance(node, yaml.MappingNode) and any(key.value == "ROSTemplateFormatVersion" for key, _ in node.value)
