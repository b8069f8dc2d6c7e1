"""R3308."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.kinds import BOOLEAN, SAID, TEXT, kind_of
from nestforge.lint.signatures import SIGNATURES
from nestforge.sources.nodes import entries, function_of, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_ROOTS = frozenset(
    ("Condition", "Fn::Equals", "Ref", "Fn::FindInMap", "Fn::Not", "Fn::And", "Fn::Or", "Fn::TransformNamespace")
)


@rule("R3308")
def unexpected_condition(template: Template) -> Iterator[Finding]:
    """A condition begins with a function that ROS does not take there, or with none.

    `true` and `false` are conditions; a text is none, whether it says 'yes' or names another condition.

    Bad:  Conditions: {HasZones: {"Fn::Contains": [{Ref: Zones}, a]}}
    Good: Conditions: {HasZones: {"Fn::Equals": [{"Fn::Contains": [{Ref: Zones}, a]}, true]}}
    """
    for name, node in template.conditions.items():
        called = function_of(node) or ("Condition" if "Condition" in entries(node) else kind_of(node), node)
        if called[0] in _ROOTS or called[0] == BOOLEAN or (called[0] == TEXT and "{{" in (scalar(node) or "")):
            continue
        found = called[0] if "::" in called[0] else SAID[called[0]]
        if "::" not in found or found in SIGNATURES:
            message = f"condition '{name}' is {found}, expected Fn::Equals, Fn::Not, Fn::And or Fn::Or"
            yield Finding(template.span(node), message, 'compare it: {"Fn::Equals": […, true]}')
