"""R3007."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yaml.nodes import CollectionNode

from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import children, pairs, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3007")
def repeated_name(template: Template) -> Iterator[Finding]:
    """A mapping has the same key twice.

    YAML keeps one of the two and says nothing: a resource, a parameter or a property is lost.

    Bad:  {CidrBlock: 10.0.0.0/8, CidrBlock: 192.168.0.0/16}
    Good: {CidrBlock: 192.168.0.0/16}
    """
    waiting = [template.root]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        names: set[str] = set()
        for key, _ in pairs(node):
            name = scalar(key) or ""
            if name in names:
                message = f"the key '{name}' is in this mapping already"
                yield Finding(template.span(key), message, "keep one of them")
            names.add(name)
        waiting += [child for child in children(node) if isinstance(child, CollectionNode)]
