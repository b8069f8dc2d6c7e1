"""The conditions of the form: what decides whether a field is shown, demanded, or offers a value."""

from __future__ import annotations

from nestforge.lint.form_fields import fields_of
from nestforge.lint.scalars import is_absent
from nestforge.model.near_miss import did_you_mean
from nestforge.model.pattern import pattern
from nestforge.sources.libyaml import MappingNode, ScalarNode, SequenceNode
from nestforge.sources.nodes import children, entries, items, key_text, pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

FUNCTIONS = ("Fn::Equals", "Fn::Contains", "Fn::And", "Fn::Or", "Fn::Not", "Fn::Select")
_SWITCHES = ("Visible", "Required", "ReadOnly")
CHOICES = ("AllowedValues", "Value", "MinValue", "MaxValue")
_UNSET = "undefined"
"""What the form has for a field that is not filled in."""

_WHOLE = pattern(r"\$\{([^}!][^}]*)\}")
_DEEPEST = 20
_LISTED = ", ".join(FUNCTIONS)

Fault = tuple["Node", str, str | None]
"""A place, the sentence, the remedy."""


def misshaped_switches(template: Template) -> Iterator[Fault]:
    """Yield what is wrong around the conditions."""
    for field in fields_of(template):
        for name in _SWITCHES:
            switch = field.metadata.get(name)
            if switch is None:
                continue
            if "Condition" not in entries(switch):
                yield switch, f"{name} has no Condition", f"write `{name}: {{Condition: …}}`"
                continue
            for key, _ in pairs(switch):
                if key_text(key) != "Condition":
                    yield key, f"{name} has nothing but a Condition, and no '{key.value}'", "leave it out"


def form_conditions(template: Template) -> Iterator[Node]:
    """Yield the conditions of all fields."""
    for field in fields_of(template):
        required = field.attributes.get("Required")
        if required is not None and scalar(required) is None:
            yield required
        metadata = field.metadata
        switches = [metadata[name] for name in _SWITCHES if name in metadata]
        choices = [choice for name in CHOICES for choice in items(metadata.get(name))]
        for holder in switches + choices:
            condition = entries(holder).get("Condition")
            if condition is not None:
                yield condition


def faults_of(condition: Node, seen: set[int], depth: int = 0) -> Iterator[Fault]:
    """Yield what the form cannot evaluate in a condition; a text is the way to one that the form has itself.

    What an alias brings in again is in `seen`: it is reported once.
    """
    if isinstance(condition, ScalarNode) or depth > _DEEPEST or id(condition) in seen:
        return
    seen.add(id(condition))
    if isinstance(condition, SequenceNode) or not condition.value:
        yield condition, "a condition of the form is a function, and this is none", "write one of " + _LISTED
        return
    (key, argument), *others = condition.value
    function = key_text(key)
    for other, _ in others:
        yield other, f"the form evaluates '{function}' alone", "join the two with Fn::And"
    if function not in FUNCTIONS:
        help = "write `${Name}`" if function == "Ref" else did_you_mean(function, FUNCTIONS)
        yield key, f"the form does not know '{function}'", help or f"it knows {_LISTED}"
    elif function == "Fn::Not":
        if isinstance(argument, SequenceNode):
            yield key, "Fn::Not of the form takes a condition, and no list", "leave out the dash"
        else:
            yield from faults_of(argument, seen, depth + 1)
    elif function in ("Fn::And", "Fn::Or"):
        if not isinstance(argument, SequenceNode):
            yield key, f"{function} takes a list of conditions", None
        for operand in items(argument):
            yield from faults_of(operand, seen, depth + 1)
    elif len(items(argument)) != 2:
        yield key, f"{function} takes a list of two", None
    elif function != "Fn::Select":
        for operand in items(argument):
            if isinstance(operand, MappingNode) and scalar(entries(operand).get("Ref")) is not None:
                name = scalar(entries(operand)["Ref"])
                yield operand, "the form compares with `{Ref: …}` as it is written", f"write `${{{name}}}`"


def comparisons_in(condition: Node, seen: set[int]) -> Iterator[tuple[str, ScalarNode]]:
    """Yield each parameter that a condition compares with a literal, and the literal; as `faults_of` does."""
    waiting = [condition]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        for key, argument in pairs(node):
            operands = items(argument)
            if key_text(key) == "Fn::Equals" and len(operands) == 2:
                yield from _comparison(*operands)
        waiting += children(node)


def _comparison(one: Node, other: Node) -> Iterator[tuple[str, ScalarNode]]:
    for named, literal in ((one, other), (other, one)):
        found = _WHOLE.fullmatch(scalar(named) or "")
        if found and isinstance(literal, ScalarNode) and not _is_open(literal):
            yield found[1], literal


def _is_open(literal: ScalarNode) -> bool:
    return is_absent(literal) or literal.value == _UNSET or "${" in literal.value or "{{" in literal.value


def values_of(parameter: Node | None) -> list[str]:
    """Return every value that a parameter can have; empty where that is open."""
    attributes = entries(parameter)
    if scalar(attributes.get("Type")) == "Boolean":
        return ["true", "false"]
    if scalar(attributes.get("Type")) not in ("String", "Number"):
        return []
    default = scalar(attributes.get("Default"))
    allowed = [scalar(node) or "" for node in items(attributes.get("AllowedValues"))]
    return [*allowed, *([default] if default and default not in allowed else [])] if allowed else []
