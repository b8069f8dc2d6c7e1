"""R3007."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template


@rule("R3007")
def repeated_name(template: Template) -> Iterator[Finding]:
    """A mapping has the same key twice.

    YAML keeps one of the two and says nothing: a resource, a parameter or a property is lost.

    Bad:  {CidrBlock: 10.0.0.0/8, CidrBlock: 192.168.0.0/16}
    Good: {CidrBlock: 192.168.0.0/16}
    """
    for node in template.repeating:
        yield from _repeated(template, node)


def _repeated(template: Template, node: Node) -> Iterator[Finding]:
    names: set[str] = set()
    for key, _ in pairs(node):
        name = scalar(key) or ""
        if name in names:
            message = f"the key '{name}' is in this mapping already"
            yield Finding(template.span(key), message, "keep one of them")
        names.add(name)
