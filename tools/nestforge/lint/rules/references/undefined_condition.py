"""R3003."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.calls import names_in
from nestforge.sources.nodes import entries, function_of, items, scalar, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template


@rule("R3003")
def undefined_condition(template: Template) -> Iterator[Finding]:
    """A resource, an output or a function names a condition that is not defined.

    ROS does not refuse such a resource or output: it comes out wrong at deployment.

    Bad:  Condition: EnablePublicAcess
    Good: Condition: EnablePublicAccess
    """
    for node in _uses(template):
        name = scalar(node) or ""
        if name not in template.conditions:
            help = did_you_mean(name, template.conditions) or "define it under Conditions, or name one that is there"
            yield Finding(template.span(node), f"there is no condition '{name}'", help)


def _uses(template: Template) -> Iterator[Node]:
    """Yield the nodes that name a condition."""
    for _, entry in (*template.looked_at("Resources"), *template.looked_at("Outputs")):
        if (node := entries(entry).get("Condition")) is not None and text(node) is not None:
            yield node
    for _, node in template.looked_at("Conditions"):
        if text(node) is None:
            yield from _names([node])
    for call in template.calls("Fn::If"):
        yield from _names(items(call.argument)[:1])
    for call in template.calls("Fn::And", "Fn::Or", "Fn::Not"):
        yield from _names(names_in(call.argument))


def _names(operands: list[Node]) -> Iterator[Node]:
    """Yield the operands that are names: bare, or as `{Condition: name}`."""
    for operand in operands:
        named = function_of(operand)
        inner = named[1] if named and named[0] == "Condition" else entries(operand).get("Condition", operand)
        if text(inner) is not None and (named is None or named[0] == "Condition"):
            yield inner
