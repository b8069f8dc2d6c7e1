"""R3403."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from nestforge.lint.budget import Budget
from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import children, items, pairs

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
    if not budget.spend() or one.tag != other.tag or type(one) is not type(other):
        return False
    if one is other or isinstance(one, yaml.ScalarNode):
        return bool(one.value == other.value)
    keys = [[key.value for key, _ in pairs(node)] for node in (one, other)]
    below = children(one), children(other)
    if keys[0] != keys[1] or len(below[0]) != len(below[1]):
        return False
    return all(_is_same(first, second, budget) for first, second in zip(*below, strict=True))
