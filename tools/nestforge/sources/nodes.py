"""Questions to a YAML node, as libyaml composed it: no copy of the tree is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

TEXT = "tag:yaml.org,2002:str"
"""The tag of a string."""

_MAP = "tag:yaml.org,2002:map"
_LIST = "tag:yaml.org,2002:seq"


def scalar(node: Node | None) -> str | None:
    """Return the scalar as it is written, or None for anything else."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else None


def text(node: Node | None) -> str | None:
    """Return the scalar where it is a string in YAML's eyes: no number, no boolean, no null."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) and node.tag == TEXT else None


def pairs(node: Node | None) -> Iterator[tuple[Node, Node]]:
    """Yield the keys and values of a mapping; nothing for anything else."""
    if isinstance(node, yaml.MappingNode):
        yield from node.value


def entries(node: Node | None) -> dict[str, Node]:
    """Return the values of a mapping by key; empty for anything else."""
    return {str(key.value): value for key, value in pairs(node)}


def items(node: Node | None) -> list[Node]:
    """Return the entries of a list; empty for anything else."""
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def children(node: Node) -> list[Node]:
    """Return the nodes directly below, without the keys."""
    if isinstance(node, yaml.MappingNode):
        return [value for _, value in node.value]
    return items(node)


def function_of(node: Node | None) -> tuple[str, Node] | None:
    """Return the name and the argument of the intrinsic function that `node` calls, if it calls one.

    `!Sub x` and `{"Fn::Sub": x}` are the same; the argument of a short tag is the node without its tag.
    """
    if node is None:
        return None
    if node.tag.startswith("!"):
        short = node.tag[1:]
        return (short if short in ("Ref", "Condition") else f"Fn::{short}"), _untagged(node)
    if isinstance(node, yaml.MappingNode) and len(node.value) == 1:
        key, argument = node.value[0]
        name = scalar(key)
        if name is not None and (name == "Ref" or name.startswith("Fn::")):
            return name, argument
    return None


def _untagged(node: Node) -> Node:
    if isinstance(node, yaml.ScalarNode):
        return yaml.ScalarNode(TEXT, node.value, node.start_mark, node.end_mark, node.style)
    if isinstance(node, yaml.MappingNode):
        return yaml.MappingNode(_MAP, node.value, node.start_mark, node.end_mark)
    return yaml.SequenceNode(_LIST, node.value, node.start_mark, node.end_mark)
