"""The conditions of the form: what they come to for the values that it has."""

from __future__ import annotations

from nestforge.evaluate.arguments import as_text, joined
from nestforge.evaluate.data import Unknown
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.same import same
from nestforge.evaluate.written import written
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml.nodes import Node

    from nestforge.evaluate.data import Data

_NUMBER = pattern(r"[0-9]{1,6}")
_REFERENCE = pattern(r"\$\{([^}]*)\}")


def read(node: Node) -> Data:
    """Return what is written; nothing for what is too deep or too large for any form."""
    try:
        return written(node)
    except Fault:
        return None


def holds(condition: Data, values: Mapping[str, Data]) -> bool:
    """Return whether a condition holds; where the form cannot tell, it shows and demands."""
    found = value_of(condition, values)
    return True if isinstance(found, Unknown) else bool(found) and found != "false"


def value_of(condition: Data, values: Mapping[str, Data]) -> Data:
    """Return what a condition or an operand comes to; of a map only the first key counts, as in the form."""
    if isinstance(condition, str):
        return _filled_in(condition, values)
    if not isinstance(condition, dict) or not condition:
        return condition
    function, argument = next(iter(condition.items()))
    operands = argument if isinstance(argument, list) else [argument]
    match function:
        case "Fn::Not":
            return not isinstance(argument, list) and not holds(argument, values)
        case "Fn::And":
            return all(holds(operand, values) for operand in operands)
        case "Fn::Or":
            return any(holds(operand, values) for operand in operands)
        case "Fn::Equals" if len(operands) == 2:
            return _same(value_of(operands[0], values), value_of(operands[1], values))
        case "Fn::Contains" if len(operands) == 2:
            collection = value_of(operands[0], values)
            wanted = value_of(operands[1], values)
            return isinstance(collection, list) and any(_same(entry, wanted) for entry in collection)
        case "Fn::Select" if len(operands) == 2:
            return _part(value_of(operands[0], values), as_text(operands[1]))
    return False


def _same(first: Data, second: Data) -> bool:
    return same(first, second) is True


def _filled_in(text: str, values: Mapping[str, Data]) -> Data:
    """Return the value of `${Name}`, or a text with such names filled in; `${!Name}` is the text `${Name}`.

    A text that becomes too long for any form is none.
    """
    whole = _REFERENCE.fullmatch(text)
    if whole and not whole[1].startswith("!"):
        return _named(whole[1], values)
    try:
        return _substituted(text, values)
    except Fault:
        return None


def _substituted(text: str, values: Mapping[str, Data]) -> Data:
    parts: list[str | Unknown] = []
    end = 0
    for match in _REFERENCE.finditer(text):
        parts.append(text[end : match.start()])
        name, end = match[1], match.end()
        parts.append(f"${{{name[1:]}}}" if name.startswith("!") else _text(_named(name, values)))
    return joined([*parts, text[end:]]) if end else text


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
