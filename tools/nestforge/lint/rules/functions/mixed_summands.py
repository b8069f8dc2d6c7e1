"""R3324."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.kinds import NULL, NUMBER, SAID, TEXT, kinds_of
from nestforge.sources.nodes import items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3324")
def mixed_summands(template: Template) -> Iterator[Finding]:
    """`Fn::Add` is given numbers and lists, or lists and maps: it adds what is of one kind only.

    Bad:  {"Fn::Add": [1, [2, 3]]}
    Good: {"Fn::Add": [[1], [2, 3]]}
    """
    for call in template.calls("Fn::Add"):
        found = [kinds_of(node, template) for node in items(call.argument)]
        known = frozenset().union(*(kinds for kinds in found if kinds and len(kinds) == 1))
        groups = {NUMBER if kind == TEXT else kind for kind in known - {NULL}}
        if len(groups) > 1:
            said_groups = " and ".join(sorted(SAID[kind] for kind in groups))
            yield Finding(template.span(call.node), f"Fn::Add is given {said_groups}, expected all of one kind")
