"""`Fn::Sub`: a text with `${Name}` and `${Resource.Attribute}` filled in."""

from __future__ import annotations

from nestforge.evaluate.arguments import as_text, check_length, joined
from nestforge.evaluate.data import STRING, SecretText, Unknown, first_unknown
from nestforge.evaluate.fault import Fault, Kind
from nestforge.evaluate.shown import quoted
from nestforge.evaluate.value import Origin, Value, made_of
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import entries, function_of, items, pairs, scalar
from nestforge.sources.nodes import text as text_in
from nestforge.sources.substitution import VARIABLE, variables_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.evaluate.function import Scope


def sub(argument: Node, scope: Scope) -> Value:
    """Fill in the text: `Fn::Sub: text`, or `[text, {Name: value}]`.

    A name with a dot is always an attribute, never an entry of the map; `${!Name}` is the text `${Name}`. An entry
    that a text written out does not name is a warning.
    """
    given = items(argument)
    if given and len(given) != 2:
        raise Fault(f"expected a text, or a text and a map, not {len(given)} arguments")
    text = scope.value_of(given[0] if given else argument)
    own = entries(given[1]) if given else {}
    values = {name: scope.value_of(node) for name, node in own.items()}
    origin = Origin(scope.template.span(argument), text.steps)
    if isinstance(text.data, Unknown):
        return Value(Unknown(STRING, text.data.of, faulty=text.data.faulty), origin)
    if not isinstance(text.data, str):
        raise Fault(f"the text is {quoted(text.data)}, expected a string")
    if isinstance(text.data, SecretText):  # its names are secret as well
        return made_of(SecretText(text.data), origin)
    if given and text_in(given[0]) is not None:
        _warn_of_unused(given[1], text.data, scope)
    parts: list[str | Unknown] = []
    steps: list[str] = []
    end = length = 0
    for match in VARIABLE.finditer(text.data):
        parts.append(text.data[end : match.start()])
        end = match.end()
        name = match[1].strip()
        if name.startswith("!"):
            parts.append(f"${{{name[1:]}}}")
            continue
        value = values[name] if name in values and "." not in name else scope.variable(name, argument)
        parts.append(_as_part(value))
        steps += value.steps
        length += len(parts[-1]) if isinstance(parts[-1], str) else 0
        check_length(length)
    if end == 0:
        return made_of(text.data, origin)
    return Value(joined([*parts, text.data[end:]]), origin.after(*steps))


def _warn_of_unused(own: Node, text: str, scope: Scope) -> None:
    used = variables_in(text)
    for key, _ in pairs(own) if function_of(own) is None else ():
        name = scalar(key) or ""
        if name not in used:
            hint = did_you_mean(name, used) or "take the variable away"
            scope.warn(key, Fault(f"the text of this Fn::Sub has no '${{{name}}}'", hint, Kind.UNUSED_ENTRY))


def _as_part(value: Value) -> str | Unknown:
    data = value.data
    if isinstance(data, Unknown):
        return data
    unknown = first_unknown(data)
    return Unknown(STRING, unknown.of, faulty=unknown.faulty) if unknown is not None else as_text(data)
