"""R3308."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.kinds import BOOLEAN, MAP, NULL, SAID, TEXT, kind_of
from nestforge.lint.signatures import SIGNATURES
from nestforge.sources.nodes import entries, function_of, items, scalar, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

_ROOTS = frozenset(
    ("Condition", "Fn::Equals", "Ref", "Fn::FindInMap", "Fn::Not", "Fn::And", "Fn::Or", "Fn::TransformNamespace")
)


@rule("R3308")
def unexpected_condition(template: Template) -> Iterator[Finding]:
    """A condition begins with a function that ROS does not take there, or with none.

    `true` and `false` are conditions; a text is none, whether it says 'yes' or names another condition. What
    Fn::Not, Fn::And and Fn::Or are given is a function, or the name of a condition: no other map is anything.

    Bad:  Conditions: {HasZones: {"Fn::Contains": [{Ref: Zones}, a]}}
    Good: Conditions: {HasZones: {"Fn::Equals": [{"Fn::Contains": [{Ref: Zones}, a]}, true]}}
    """
    for call in template.calls("Fn::Not", "Fn::And", "Fn::Or"):
        for operand in [call.argument] if call.function == "Fn::Not" else items(call.argument):
            if function_of(operand) is None and kind_of(operand) in (MAP, NULL) and not _is_named(operand):
                message = f"{call.function} is given {SAID[kind_of(operand)]} that is no condition"
                yield Finding(template.span(operand), message, "write a function, or {Condition: name}")
    for key, node in template.looked_at("Conditions"):
        called = function_of(node) or ("Condition" if _is_named(node) else kind_of(node), node)
        if called[0] in _ROOTS or called[0] == BOOLEAN or (called[0] == TEXT and "{{" in (scalar(node) or "")):
            continue
        found = called[0] if "::" in called[0] else SAID[called[0]]
        if "::" not in found or found in SIGNATURES:
            message = f"condition '{scalar(key)}' is {found}, expected Fn::Equals, Fn::Not, Fn::And or Fn::Or"
            yield Finding(template.span(node), message, 'compare it: {"Fn::Equals": […, true]}')


def _is_named(node: Node) -> bool:
    """Return whether a node is `{Condition: name}` and no more."""
    return len(found := entries(node)) == 1 and text(found.get("Condition")) is not None
