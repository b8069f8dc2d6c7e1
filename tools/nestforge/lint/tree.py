"""The mappings of a template, walked through once for all rules that look at every key."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.sources.template import Template


class Tree(NamedTuple):
    """Every mapping, each once, in no particular order; `is_shared`: an alias brings one or a list in again."""

    mappings: tuple[yaml.MappingNode, ...]
    is_shared: bool


@lru_cache(maxsize=1)
def tree_of(template: Template) -> Tree:
    """Return what there is in a template."""
    found: list[yaml.MappingNode] = []
    waiting: list[Node] = [template.root]
    seen: set[int] = set()
    is_shared = False
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            is_shared = True
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            found.append(node)
            waiting += [value for _, value in node.value if not isinstance(value, yaml.ScalarNode)]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [item for item in node.value if not isinstance(item, yaml.ScalarNode)]
    return Tree(tuple(found), is_shared)
