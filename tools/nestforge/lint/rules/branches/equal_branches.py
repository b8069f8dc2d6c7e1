"""R3403."""

from __future__ import annotations

from nestforge.lint.budget import Budget
from nestforge.lint.engine import Finding, rule
from nestforge.sources.libyaml import MappingNode, ScalarNode
from nestforge.sources.nodes import children, entries, function_of, items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template


@rule("R3403", severity="warning")
def equal_branches(template: Template) -> Iterator[Finding]:
    """Both branches of an `Fn::If` are the same, so that its condition decides nothing.

    Bad:  {"Fn::If": [IsPrepaid, Month, Month]}
    Good: {"Fn::If": [IsPrepaid, Month, {Ref: ALIYUN::NoValue}]}
    """
    budget = Budget.for_lines(len(template.lines))
    for call in template.calls("Fn::If"):
        given = items(call.argument)
        if len(given) == 3 and _is_same(given[1], given[2], budget):
            yield Finding(template.span(call.node), "both branches of this Fn::If are the same", "keep one of them")


def _is_same(one: Node, other: Node, budget: Budget) -> bool:
    if not budget.spend():
        return False
    called, also = function_of(one), function_of(other)
    if called is not None and also is not None:
        same_function = called[0] == also[0]
        if same_function and called[0] == "Fn::GetAtt" and (path := _path(called[1])) is not None:
            return path == _path(also[1])
        return same_function and _is_same(called[1], also[1], budget)
    if one.tag != other.tag or type(one) is not type(other):
        return False
    if one is other or isinstance(one, ScalarNode):
        return bool(one.value == other.value)
    below = children(one), children(other)
    if len(below[0]) != len(below[1]):
        return False
    if isinstance(one, MappingNode):
        named = entries(one), entries(other)
        return named[0].keys() == named[1].keys() and all(
            _is_same(value, named[1][key], budget) for key, value in named[0].items()
        )
    return all(_is_same(first, second, budget) for first, second in zip(*below, strict=True))


def _path(argument: Node) -> str | None:
    """Return the attribute that Fn::GetAtt is given, in one spelling for both of its forms."""
    written = scalar(argument)
    parts = [scalar(part) for part in items(argument)]
    return written if written is not None else None if None in parts else ".".join(map(str, parts))
