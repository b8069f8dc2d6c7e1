"""Whether a value fits the parameter that has it as its default, or that allows it."""

from __future__ import annotations

from nestforge.lint.scalars import is_absent, is_filled_in_later, number, same, truth
from nestforge.sources.libyaml import ScalarNode
from nestforge.sources.nodes import items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.lint.form_fields import Field

CONSTRAINTS = ("AllowedValues", "AllowedPattern", "MinLength", "MaxLength", "MinValue", "MaxValue")
_LOCALE = "en"


def misfit(node: Node, type_: str) -> str | None:
    """Return why ROS would not convert a value to a type: the sentence of the form."""
    if isinstance(node, ScalarNode) and _converts(node, type_):
        return None
    from nestforge.evaluate.conversions import CONVERSIONS
    from nestforge.evaluate.fault import Fault
    from nestforge.evaluate.sentences import sentence
    from nestforge.evaluate.written import written

    if type_ not in CONVERSIONS:
        return None
    try:
        data = written(node)
        if data is not None and data != "":
            CONVERSIONS[type_](data)
    except Fault:
        return sentence(type_, _LOCALE)
    return None


def _converts(node: ScalarNode, type_: str) -> bool:
    """Return whether a value evidently is of a type: most are, and need no evaluation."""
    if type_ in ("String", "CommaDelimitedList") or is_absent(node) or is_filled_in_later(node):
        return True
    return number(node.value) is not None if type_ == "Number" else type_ == "Boolean" and truth(node.value) is not None


def broken_constraints(node: Node, field: Field, names: tuple[str, ...] = CONSTRAINTS) -> list[str]:
    """Return what a value breaks of the constraints of these names, each as a sentence."""
    constraints = {name: field.attributes[name] for name in names if name in field.attributes}
    if isinstance(node, ScalarNode):
        if is_absent(node) or is_filled_in_later(node):
            return []
        constraints = {name: of for name, of in constraints.items() if not _keeps(node.value, name, of, field.type)}
    if not constraints:
        return []
    from nestforge.evaluate.constraints import violations
    from nestforge.evaluate.conversions import CONVERSIONS
    from nestforge.evaluate.fault import Fault
    from nestforge.evaluate.written import written

    try:
        data = CONVERSIONS[field.type](written(node))
        broken = list(violations(data, field.type, constraints, _LOCALE))
    except (Fault, KeyError):
        return []  # the kind of the value or the constraint itself is wrong: other rules say so
    return [found.sentence for found in broken if found.is_certain]


def _keeps(text: str, name: str, constraint: Node, type_: str) -> bool:
    """Return whether a value evidently keeps to a constraint: most do, and need no evaluation."""
    if name == "AllowedValues":  # ROS converts between the spellings of true and of a number
        return any(same(text, scalar(allowed) or "") for allowed in items(constraint))
    if name == "AllowedPattern":
        return _matches(scalar(constraint) or "", text)
    bound = number(scalar(constraint) or "")
    size = number(text) if type_ == "Number" else len(text) if type_ == "String" else None
    if bound is None or size is None:
        return False
    return size >= bound if name.startswith("Min") else size <= bound


def _matches(pattern: str, text: str) -> bool:
    from nestforge.evaluate.fault import Fault
    from nestforge.evaluate.pattern import matches

    try:
        return matches(pattern, text, whole=True) is True
    except Fault:
        return False
