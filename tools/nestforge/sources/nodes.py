"""Questions to a YAML node, as libyaml composed it: no copy of the tree is made."""

from __future__ import annotations

from nestforge.sources.libyaml import MappingNode, ScalarNode, SequenceNode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from yaml.nodes import Node

TEXT = "tag:yaml.org,2002:str"
"""The tag of a string."""

MAP = "tag:yaml.org,2002:map"
LIST = "tag:yaml.org,2002:seq"


def scalar(node: Node | None) -> str | None:
    """Return the scalar as it is written, or None for anything else."""
    if isinstance(node, ScalarNode):
        written: str = node.value
        return written
    return None


def text(node: Node | None) -> str | None:
    """Return the scalar where it is a string in YAML's eyes: no number, no boolean, no null."""
    return str(node.value) if isinstance(node, ScalarNode) and node.tag == TEXT else None


def pairs(node: Node | None) -> Sequence[tuple[Node, Node]]:
    """Return the keys and values of a mapping; nothing for anything else."""
    return node.value if isinstance(node, MappingNode) else ()


def entries(node: Node | None) -> dict[str, Node]:
    """Return the values of a mapping by key; empty for anything else."""
    if not isinstance(node, MappingNode):
        return {}
    try:
        return {key.value: value for key, value in node.value}
    except TypeError:  # a list or a map is a key
        return {key_text(key): value for key, value in node.value}


def key_text(key: Node) -> str:
    """Return a key as it is written; for a list or a map, which aliases can make endless, what it is and where."""
    if isinstance(key, ScalarNode):
        return str(key.value)
    return f"{'list' if isinstance(key, SequenceNode) else 'map'} of line {key.start_mark.line + 1}"


def items(node: Node | None) -> list[Node]:
    """Return the entries of a list; empty for anything else."""
    return list(node.value) if isinstance(node, SequenceNode) else []


def children(node: Node) -> list[Node]:
    """Return the nodes directly below, without the keys."""
    if isinstance(node, MappingNode):
        return [value for _, value in node.value]
    return items(node)


def function_of(node: Node | None) -> tuple[str, Node] | None:
    """Return the name and the argument of the intrinsic function that `node` calls, if it calls one.

    `!Sub x` and `{"Fn::Sub": x}` are the same; the argument of a short tag is the node without its tag.
    """
    if node is None:
        return None
    tag = node.tag
    if tag[:1] == "!":
        short = tag[1:]
        return (short if short in ("Ref", "Condition") else f"Fn::{short}"), _untagged(node)
    if isinstance(node, MappingNode) and len(node.value) == 1:
        key, argument = node.value[0]
        name = key.value
        if isinstance(key, ScalarNode) and (name == "Ref" or name[:4] == "Fn::"):
            return name, argument
    return None


def _untagged(node: Node) -> Node:
    if isinstance(node, ScalarNode):
        return ScalarNode(TEXT, node.value, node.start_mark, node.end_mark, node.style)
    if isinstance(node, MappingNode):
        return MappingNode(MAP, node.value, node.start_mark, node.end_mark)
    return SequenceNode(LIST, node.value, node.start_mark, node.end_mark)
