"""Whether a value fits the parameter that has it as its default, or that allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.scalars import is_filled_in_later, same
from nestforge.sources.nodes import items, scalar

if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.lint.form_fields import Field

CONSTRAINTS = ("AllowedValues", "AllowedPattern", "MinLength", "MaxLength", "MinValue", "MaxValue")
_LOCALE = "en"


def misfit(node: Node, type_: str) -> str | None:
    """Return why ROS would not convert a value to a type: the sentence of the form."""
    from yaml.nodes import ScalarNode

    if type_ == "String" and isinstance(node, ScalarNode):
        return None
    from nestforge.evaluate.conversions import CONVERSIONS
    from nestforge.evaluate.fault import Fault
    from nestforge.evaluate.sentences import sentence
    from nestforge.evaluate.written import written

    if type_ not in CONVERSIONS or (isinstance(node, ScalarNode) and is_filled_in_later(node)):
        return None
    try:
        data = written(node)
        if data is not None and data != "":
            CONVERSIONS[type_](data)
    except Fault:
        return sentence(type_, _LOCALE)
    return None


def broken_constraints(node: Node, field: Field, names: tuple[str, ...] = CONSTRAINTS) -> list[str]:
    """Return what a value breaks of the constraints of these names, each as a sentence."""
    constraints = {name: field.attributes[name] for name in names if name in field.attributes}
    if not constraints or scalar(node) == "" or "{{" in (scalar(node) or ""):
        return []
    from nestforge.evaluate.constraints import violations
    from nestforge.evaluate.conversions import CONVERSIONS
    from nestforge.evaluate.fault import Fault
    from nestforge.evaluate.written import written

    text = scalar(node)
    if text is not None and any(
        same(text, scalar(allowed) or "") for allowed in items(constraints.get("AllowedValues"))
    ):
        del constraints["AllowedValues"]  # ROS converts between the spellings of true and of a number
    try:
        data = written(node)
        if data is None or data == "":
            return []
        return [found.sentence for found in violations(CONVERSIONS[field.type](data), field.type, constraints, _LOCALE)]
    except (Fault, KeyError):
        return []  # the kind of the value or the constraint itself is wrong: other rules say so
