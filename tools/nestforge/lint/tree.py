"""The mappings of a template, walked through once for all rules that look at every key."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.sources.template import Template


@lru_cache(maxsize=1)
def mappings_in(template: Template) -> tuple[yaml.MappingNode, ...]:
    """Return every mapping, each once, in no particular order."""
    found: list[yaml.MappingNode] = []
    waiting: list[Node] = [template.root]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.ScalarNode) or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            found.append(node)
            waiting += [value for _, value in node.value]
        else:
            waiting += node.value
    return tuple(found)
