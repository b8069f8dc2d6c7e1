"""What a condition comes to when some parameters are known: true, false, or None for what is left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.nodes import function_of, items, scalar
from nestforge.lint.scalars import same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml.nodes import Node

    from nestforge.lint.template import Template

_DEEPEST = 20
"""Levels of functions, those of the conditions that are named included: ROS itself takes no more."""


def truth_of(name: str, template: Template, parameters: Mapping[str, str], depth: int = 0) -> bool | None:
    """Return what the condition `name` comes to."""
    node = template.conditions.get(name)
    return None if node is None else _truth(node, template, parameters, depth)


def _truth(node: Node, template: Template, parameters: Mapping[str, str], depth: int) -> bool | None:
    if depth > _DEEPEST:
        return None
    called = function_of(node)
    if called is None:
        name = scalar(node)
        return None if name is None else truth_of(name, template, parameters, depth + 1)
    function, argument = called
    given = items(argument)
    if function == "Fn::Equals" and len(given) == 2:
        one, other = (_text(operand, parameters) for operand in given)
        return None if one is None or other is None else same(one, other)
    if function == "Condition":
        return truth_of(scalar(argument) or "", template, parameters, depth + 1)
    if function == "Fn::Not":
        inner = _truth(given[0] if given else argument, template, parameters, depth + 1)
        return None if inner is None else not inner
    if function in ("Fn::And", "Fn::Or") and given:
        decisive = function == "Fn::Or"
        found = [_truth(operand, template, parameters, depth + 1) for operand in given]
        if decisive in found:
            return decisive
        return None if None in found else not decisive
    return None


def _text(operand: Node, parameters: Mapping[str, str]) -> str | None:
    called = function_of(operand)
    if called is None:
        return scalar(operand)
    function, argument = called
    return parameters.get(scalar(argument) or "") if function == "Ref" else None
