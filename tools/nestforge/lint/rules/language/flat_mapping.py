"""R3236."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.kinds import MAP, SAID, kind_of
from nestforge.sources.nodes import pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3236")
def flat_mapping(template: Template) -> Iterator[Finding]:
    """A mapping has a value where a second level of keys belongs.

    `Fn::FindInMap` takes two keys: one for the row, one for what is in it.

    Bad:  Mappings: {Ports: {web: 80}}
    Good: Mappings: {Ports: {web: {http: 80}}}
    """
    for name, node in template.mappings.items():
        if kind_of(node) != MAP:
            yield Finding(
                template.span(node),
                f"mapping '{name}' is {SAID[kind_of(node)]}, expected a map of maps",
                "give each value a key under a first key",
            )
            continue
        for key, row in pairs(node):
            if kind_of(row) != MAP:
                message = f"'{scalar(key)}' in mapping '{name}' is {SAID[kind_of(row)]}, expected a map"
                yield Finding(template.span(row), message, "give the value a key of its own")
