"""What the form shows and demands for the values that it has: `Visible`, `Required` and `Hidden`."""

from __future__ import annotations

from nestforge.evaluate.arguments import as_text
from nestforge.evaluate.data import Unknown
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.same import same
from nestforge.evaluate.written import written
from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern
from nestforge.sources.nodes import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml.nodes import Node

    from nestforge.evaluate.data import Data
    from nestforge.sources.template import Template

_NUMBER = pattern(r"[0-9]{1,6}")
_REFERENCE = pattern(r"\$\{([^}]*)\}")


class FormState(NamedTuple):
    """Whether the form shows a parameter, and whether it demands a value."""

    visible: bool
    required: bool


def form_state(template: Template, values: Mapping[str, Data]) -> dict[str, FormState]:
    """Return the state of each parameter for these values; one that is not shown is not demanded."""
    result: dict[str, FormState] = {}
    for name, node in template.parameters.items():
        attributes = entries(node)
        metadata = entries(attributes.get("AssociationPropertyMetadata"))
        visible = name not in template.hidden_parameters
        if visible and (condition := entries(metadata.get("Visible")).get("Condition")) is not None:
            visible = _holds(_read(condition), values)
        if (condition := entries(metadata.get("Required")).get("Condition")) is not None:
            required = _holds(_read(condition), values)
        elif (own := attributes.get("Required")) is not None:
            required = _holds(_read(own), values)
        else:
            default = attributes.get("Default")
            required = default is None or _read(default) is None
        result[name] = FormState(visible, visible and required)
    return result


def _read(node: Node) -> Data:
    try:
        return written(node)
    except Fault:
        return None  # too deep or too large for any form


def _holds(condition: Data, values: Mapping[str, Data]) -> bool:
    """Return whether a condition holds; where the form cannot tell, it shows and demands."""
    found = _value(condition, values)
    return True if isinstance(found, Unknown) else bool(found) and found != "false"


def _value(condition: Data, values: Mapping[str, Data]) -> Data:
    """Evaluate one condition or operand; of a map only the first key counts, as in the form."""
    if isinstance(condition, str):
        return _filled_in(condition, values)
    if not isinstance(condition, dict) or not condition:
        return condition
    function, argument = next(iter(condition.items()))
    operands = argument if isinstance(argument, list) else [argument]
    match function:
        case "Fn::Not":
            return not isinstance(argument, list) and not _holds(argument, values)
        case "Fn::And":
            return all(_holds(operand, values) for operand in operands)
        case "Fn::Or":
            return any(_holds(operand, values) for operand in operands)
        case "Fn::Equals" if len(operands) == 2:
            return _same(_value(operands[0], values), _value(operands[1], values))
        case "Fn::Contains" if len(operands) == 2:
            collection = _value(operands[0], values)
            wanted = _value(operands[1], values)
            return isinstance(collection, list) and any(_same(entry, wanted) for entry in collection)
        case "Fn::Select" if len(operands) == 2:
            return _part(_value(operands[0], values), as_text(operands[1]))
    return False


def _same(first: Data, second: Data) -> bool:
    return same(first, second) is True


def _filled_in(text: str, values: Mapping[str, Data]) -> Data:
    """Return the value of `${Name}`, or a text with such names filled in; `${!Name}` is the text `${Name}`."""
    whole = _REFERENCE.fullmatch(text)
    if whole and not whole[1].startswith("!"):
        return _named(whole[1], values)
    return _REFERENCE.sub(
        lambda match: f"${{{match[1][1:]}}}" if match[1].startswith("!") else _text(_named(match[1], values)), text
    )


def _text(data: Data) -> str:
    return "" if isinstance(data, Unknown) else as_text(data)


def _named(name: str, values: Mapping[str, Data]) -> Data:
    if name in values:
        return values[name]
    parameter, dot, way = name.partition(".")
    return _part(values[parameter], way) if dot and parameter in values else None


def _part(data: Data, way: str) -> Data:
    for key in way.split("."):
        if isinstance(data, dict):
            data = data.get(key)
        elif isinstance(data, list) and _NUMBER.fullmatch(key) and int(key) < len(data):
            data = data[int(key)]
        else:
            return None
    return data
