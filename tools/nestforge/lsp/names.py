"""What a place in a template names: a parameter, a resource, an attribute, a condition, an entry of a mapping."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.sources.nodes import entries, items, pairs, scalar
from nestforge.sources.substitution import VARIABLE, parts_of
from nestforge.sources.template import PSEUDO_PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.lsp.spot import Called, Position, Spot
    from nestforge.sources.template import Template

PSEUDO = "pseudo parameters"
VARIABLES = "variables"
DECLARING = ("Parameters", "Resources", "Locals", "Conditions", "Mappings")
_LONGEST_NAME = 300
_OF_CONDITIONS = ("Fn::And", "Fn::Or", "Fn::Not")
_CONDITIONAL = ("Resources", "Outputs", "Conditions", "Rules", "Locals")
_FORM = ("Parameters", "Metadata")


@dataclass(frozen=True, slots=True)
class Named:
    """A name, the section that declares it, and what of it is meant: an attribute, or the keys into a mapping.

    `key` is where it is declared; None for a pseudo parameter.
    """

    section: str
    name: str
    key: Node | None
    attribute: str | None = None
    keys: tuple[str, ...] = ()


def named_at(template: Template, spot: Spot, position: Position) -> Named | None:
    """Return what is named at a position, if it is declared."""
    way, text = spot.way, spot.text
    if text is None or not way:
        return None
    if spot.on_key:
        return _declared(template, str(way[0]), text) if len(way) == 2 and way[0] in DECLARING else None
    call = spot.call
    if call is not None:
        return _in_call(template, call, spot, position)
    if is_dependency(way):
        return _declared(template, "Resources", text.partition("[")[0])
    if is_condition_name(way):
        return _declared(template, "Conditions", text)
    if way[0] in _FORM:
        name = _variable_at(template, spot, position) or (text if is_group_member(way) else "")
        return _declared(template, "Parameters", name)
    return None


def referable(template: Template) -> Iterator[tuple[str, str]]:
    """Yield what `Ref` can name: the section that declares it, and the name."""
    for section in ("Parameters", "Resources", "Locals"):
        yield from ((section, name) for name in entries(template.sections.get(section)))
    yield from ((PSEUDO, name) for name in sorted(PSEUDO_PARAMETERS))


def is_condition_name(way: tuple[str | int, ...]) -> bool:
    """Return whether a scalar at the end of this way is the name of a condition, and no argument of a function."""
    return len(way) == 3 and way[2] == "Condition" and way[0] in ("Resources", "Outputs")


def is_dependency(way: tuple[str | int, ...]) -> bool:
    """Return whether a scalar at the end of this way is a resource that another one waits for."""
    return len(way) >= 3 and way[0] == "Resources" and way[2] == "DependsOn"


def is_group_member(way: tuple[str | int, ...]) -> bool:
    """Return whether a scalar at the end of this way is a parameter's name in a description of the form."""
    if way[:2] != ("Metadata", "ALIYUN::ROS::Interface") or len(way) < 4:
        return False
    return way[2] == "Hidden" or (way[2] == "ParameterGroups" and len(way) == 6 and way[4] == "Parameters")


def takes_condition(call: Called) -> bool:
    """Return whether the place in a call is for a condition."""
    if call.way[-1:] == ("Condition",):
        return True
    return (call.function == "Fn::If" and call.way == (0,)) or call.function in _OF_CONDITIONS


def _in_call(template: Template, call: Called, spot: Spot, position: Position) -> Named | None:
    text = spot.text or ""
    given = items(call.argument)
    match call.function:
        case "Ref":
            return _referred(template, text)
        case "Fn::Sub":
            return _substituted(template, call, spot, position)
        case "Fn::GetAtt" if call.way == (1,):
            return _attribute(template, scalar(given[0]) or "", text)
        case "Fn::GetAtt":
            if "." in text and not call.way:
                return _attribute(template, *template.attribute_in(text))
            return _resource(template, text)
        case "Fn::FindInMap" if call.way and isinstance(call.way[0], int):
            return _looked_up(template, [scalar(node) or "" for node in given[: call.way[0] + 1]])
        case "Condition":
            return _declared(template, "Conditions", text)
        case _:
            return _declared(template, "Conditions", text) if takes_condition(call) else None


def _substituted(template: Template, call: Called, spot: Spot, position: Position) -> Named | None:
    name = _variable_at(template, spot, position)
    parts = parts_of(call.argument)
    if not name or (call.way and call.way[0] != 0):
        return None
    for key, _ in pairs(items(call.argument)[1]) if parts is not None and parts[1] else ():
        if scalar(key) == name:
            return Named(VARIABLES, name, key)
    return _attribute(template, *template.attribute_in(name)) if "." in name else _referred(template, name)


def _variable_at(template: Template, spot: Spot, position: Position) -> str | None:
    """Return the name in the `${…}` around the position."""
    line = template.lines[position.line] if position.line < len(template.lines) else ""
    for found in VARIABLE.finditer(line, max(position.column - _LONGEST_NAME, 0), position.column + _LONGEST_NAME):
        if found.start() <= position.column <= found.end():
            name = found[1].strip()
            return name if not name.startswith("!") and name in (spot.text or "") else None
    return None


def _referred(template: Template, name: str) -> Named | None:
    if name in PSEUDO_PARAMETERS:
        return Named(PSEUDO, name, None)
    return _declared(template, "Parameters", name) or _resource(template, name)


def _resource(template: Template, name: str) -> Named | None:
    base = name.partition("[")[0]
    return _declared(template, "Resources", base) or _declared(template, "Locals", base)


def _attribute(template: Template, resource: str, attribute: str) -> Named | None:
    found = _resource(template, resource)
    return Named(found.section, found.name, found.key, attribute) if found is not None else None


def _looked_up(template: Template, keys: list[str]) -> Named | None:
    """Return the deepest entry of a mapping that can be told: a key that a function gives leads no further."""
    found = _declared(template, "Mappings", keys[0])
    node: Node | None = template.mappings.get(keys[0])
    for depth, key in enumerate(keys[1:], 2):
        inner = next(((k, v) for k, v in pairs(node) if scalar(k) == key), None)
        if found is None or inner is None:
            break
        found, node = Named("Mappings", keys[0], inner[0], keys=tuple(keys[1:depth])), inner[1]
    return found


def _declared(template: Template, section: str, name: str) -> Named | None:
    for key, _ in pairs(template.sections.get(section)):
        if scalar(key) == name:
            return Named(section, name, key)
    return None
