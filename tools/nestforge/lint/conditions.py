"""What a condition comes to when some parameters are known: true, false, or None for what is left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.scalars import same
from nestforge.sources.nodes import entries, function_of, items, scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml.nodes import Node

    from nestforge.lint.budget import Budget
    from nestforge.sources.template import Template

_DEEPEST = 20
"""Functions inside each other, through named conditions as well: ROS itself takes no more."""


def truth_of(name: str, template: Template, parameters: Mapping[str, str], budget: Budget) -> bool | None:
    """Return what the condition `name` comes to."""
    return Conditions(template, parameters, budget).condition(name)


class Conditions:
    """The conditions of a template for some values of its parameters."""

    def __init__(self, template: Template, parameters: Mapping[str, str], budget: Budget) -> None:
        self.template = template
        self.parameters = parameters
        self.budget = budget

    def condition(self, name: str, depth: int = 0) -> bool | None:
        """Return what the condition `name` comes to."""
        node = self.template.conditions.get(name)
        return None if node is None else self.truth(node, depth)

    def truth(self, node: Node, depth: int = 0) -> bool | None:
        """Return what a condition comes to as it is written."""
        if depth > _DEEPEST or not self.budget.spend():
            return None
        called = function_of(node)
        if called is None:
            name = scalar(node) or scalar(entries(node).get("Condition"))
            return self.condition(name or "", depth + 1)
        function, argument = called
        given = items(argument)
        if function == "Fn::Equals" and len(given) == 2:
            one, other = (self.text(operand) for operand in given)
            return None if one is None or other is None else same(one, other)
        if function == "Condition":
            return self.condition(scalar(argument) or "", depth + 1)
        if function == "Fn::Not":
            inner = self.truth(given[0] if given else argument, depth + 1)
            return None if inner is None else not inner
        if function in ("Fn::And", "Fn::Or") and given:
            decisive = function == "Fn::Or"
            found = [self.truth(operand, depth + 1) for operand in given]
            if decisive in found:
                return decisive
            return None if None in found else not decisive
        return None

    def text(self, operand: Node) -> str | None:
        """Return what a comparison compares."""
        called = function_of(operand)
        if called is None:
            return scalar(operand)
        function, argument = called
        return self.parameters.get(scalar(argument) or "") if function == "Ref" else None
