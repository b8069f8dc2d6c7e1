"""R3003."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.nodes import child, scalar
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.lint.template import Template


@rule("R3003")
def undefined_condition(template: Template) -> Iterator[Finding]:
    """A condition is used that the template does not define.

    `Fn::If`, `{Condition: X}` and the `Condition` of a resource or an output take names of `Conditions`.

    Bad:  Condition: EnablePublic
    Good: Condition: EnablePublicAccess
    """
    for node, under in _uses(template):
        name = scalar(node)
        if name is not None and name not in template.conditions:
            message = f"there is no condition '{name}'"
            yield Finding(template.span(node, name), message, did_you_mean(name, template.conditions), under)


def _uses(template: Template) -> Iterator[tuple[Node, str]]:
    for section in ("Resources", "Outputs"):
        for name, entry in template.section(section).items():
            if (condition := child(entry, "Condition")) is not None:
                yield condition, name
    for call in template.calls:
        if call.function == "Condition":
            yield call.argument, call.under
        elif call.function == "Fn::If" and len(call.parts) == 3:
            yield call.parts[0], call.under
