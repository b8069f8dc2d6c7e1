"""R3324."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.kinds import NULL, NUMBER, SAID, TEXT, kind_of, kinds_of
from nestforge.lint.scalars import is_filled_in_later, is_number
from nestforge.sources.libyaml import ScalarNode
from nestforge.sources.nodes import function_of, items

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template


@rule("R3324")
def mixed_summands(template: Template) -> Iterator[Finding]:
    """`Fn::Add` is given values of several kinds, or texts: it adds numbers, or lists, or maps.

    A text that says a number counts as one.

    Bad:  {"Fn::Add": [1, [2, 3]]}
    Good: {"Fn::Add": [[1], [2, 3]]}
    """
    for call in template.calls("Fn::Add"):
        words = [node for node in items(call.argument) if _is_word(node)]
        for node in words:
            help = "put texts together with Fn::Join"
            yield Finding(template.span(node), f"Fn::Add is given the text '{node.value}', which is no number", help)
        found = [kinds_of(node, template) for node in items(call.argument) if node not in words]
        known = frozenset().union(*(kinds for kinds in found if kinds and len(kinds) == 1))
        groups = {NUMBER if kind == TEXT else kind for kind in known - {NULL}}
        if len(groups) > 1:
            said_groups = " and ".join(sorted(SAID[kind] for kind in groups))
            yield Finding(
                template.span(call.node),
                f"Fn::Add is given {said_groups}, expected all of one kind",
                "add numbers, lists or maps alone",
            )


def _is_word(node: Node) -> bool:
    if not isinstance(node, ScalarNode) or function_of(node) is not None:
        return False
    return kind_of(node) == TEXT and not is_number(node) and not is_filled_in_later(node)
