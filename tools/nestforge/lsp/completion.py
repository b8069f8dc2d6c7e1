"""What can be typed where the cursor is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.lsp.association import is_component, metadata_keys
from nestforge.lsp.describe import kind_of, property_text
from nestforge.lsp.functions import SHAPES
from nestforge.lsp.names import (
    is_condition_name,
    is_dependency,
    is_group_member,
    referable,
    takes_condition,
)
from nestforge.lsp.place import WITH_TYPES, place_of
from nestforge.lsp.vocabulary import DEFAULT_STRATEGIES, ENTRIES, LOCAL_TYPES, REQUIRED, SECTIONS, TRUTH, VALUES
from nestforge.rosspec.association_properties import names
from nestforge.rosspec.spec import bundled
from nestforge.sources.compose import compose
from nestforge.sources.libyaml import YAMLError
from nestforge.sources.nodes import entries, items, scalar, text
from nestforge.sources.substitution import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nestforge.lsp.cursor import Cursor
    from nestforge.lsp.place import Place
    from nestforge.lsp.spot import Called
    from nestforge.sources.template import Template

MOST = 200
"""Suggestions that are made at once."""

REQUIRED_ONE, ORDINARY, PSEUDO_ONE, FUNCTION = range(4)

_EVALUATED = ("Resources", "Outputs", "Conditions", "Rules", "Locals")
_COLLECTIONS = ("list", "map", "structure")
_SINGULAR = {"Parameters": "parameter", "Resources": "resource", "Locals": "local"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word for where the cursor is. `begun` is how much of it is typed, `rank` where it is in the list."""

    label: str
    kind: str
    insert: str
    begun: str
    detail: str = ""
    text: str = ""
    rank: int = ORDINARY


def complete(cursor: Cursor) -> list[Suggestion]:
    """Return what can be typed, that which has been begun first, at most `MOST`."""
    found = {suggestion.label: suggestion for suggestion in reversed(list(_suggestions(cursor)))}
    wanted = [s for s in found.values() if s.begun.casefold() in s.label.casefold()]
    return sorted(wanted, key=lambda s: (not s.label.startswith(s.begun), s.rank, s.label))[:MOST]


def _suggestions(cursor: Cursor) -> Iterator[Suggestion]:
    if cursor.on_tag:
        yield from _short_tags(cursor)
        return
    spot = cursor.spot
    if spot.on_key:
        yield from _keys(cursor)
        if spot.mapping is None or len(spot.mapping.value) > 1 or ":" in cursor.after:
            return
    else:
        _, opened, begun = cursor.typed.rpartition("${")
        if opened and "}" not in begun and "\n" not in begun:
            yield from _variables(cursor, begun)
            return
    yield from _values(cursor)


def _keys(cursor: Cursor) -> Iterator[Suggestion]:
    """Yield what the cursor's mapping can hold and does not hold yet."""
    way = cursor.spot.way
    given = {scalar(key) for key, _ in cursor.spot.mapping.value} if cursor.spot.mapping is not None else set()
    if len(way) == 1:
        yield from (_key(cursor, name, said) for name, said in SECTIONS.items() if name not in given)
    elif len(way) == 3 and way[0] in ENTRIES:
        section = str(way[0])
        for name, said in ENTRIES[section].items():
            if name not in given:
                yield _key(cursor, name, said, rank=REQUIRED_ONE if REQUIRED.get(section) == name else ORDINARY)
    for name, inside in (metadata_keys(cursor.spot, way[:-1]) or {}).items():
        if name not in given:
            yield _key(cursor, name, f"with {', '.join(sorted(inside))}" if inside else "")
    place = place_of(cursor.template, cursor.spot, above_key=True)
    yield from _fields(cursor, place, given)
    if len(given) == 1 and _takes_function(cursor, place):
        yield from _functions(cursor)


def _fields(cursor: Cursor, place: Place | None, given: set[str | None]) -> Iterator[Suggestion]:
    for name, of in place.fields.items() if place is not None else ():
        if name not in given and of.status == "current":
            said = f"{kind_of(of)}, required" if of.required else kind_of(of)
            collection = of.kind in _COLLECTIONS
            rank = REQUIRED_ONE if of.required else ORDINARY
            yield _key(cursor, name, said, property_text(name, of), rank, collection=collection)


def _values(cursor: Cursor) -> Iterator[Suggestion]:
    template, spot = cursor.template, cursor.spot
    way = spot.way[:-1] if spot.on_key else spot.way  # a word that is alone may become a key or a value
    call = spot.call
    place = place_of(template, spot, above_key=spot.on_key)
    if call is not None and not (call.function == "Fn::If" and call.way[:1] in ((1,), (2,))):
        yield from _arguments(cursor, call)
    elif len(way) == 3 and (way[0], way[2]) in VALUES:
        yield from (_value(cursor, value, "value") for value in VALUES[str(way[0]), str(way[2])])
    elif len(way) == 3 and way[0] in WITH_TYPES and way[2] == "Type":
        wanted = "DATASOURCE::" if way[0] == "Locals" else "ALIYUN::"
        yield from (_value(cursor, name, "type") for name in _types(wanted))
        yield from (_value(cursor, name, "type") for name in LOCAL_TYPES if way[0] == "Locals")
    elif is_component(way):
        yield from (_value(cursor, name, "component") for name in names())
    elif way[-1:] == ("DefaultValueStrategy",) and metadata_keys(spot, way[:-1]) is not None:
        yield from (_value(cursor, name, "value") for name in DEFAULT_STRATEGIES)
    elif is_condition_name(way):
        yield from (_value(cursor, name, "condition") for name in template.conditions)
    elif is_dependency(way):
        yield from (_value(cursor, name, "resource") for name in template.resources if name != way[1])
    elif is_group_member(way):
        yield from (_value(cursor, name, "parameter") for name in template.parameters)
    elif place is not None and place.of is not None:
        yield from _property_values(cursor, place)
    if not spot.on_key and cursor.has_line_of_its_own and _takes_function(cursor, place):
        yield from _functions(cursor)


def _takes_function(cursor: Cursor, place: Place | None) -> bool:
    """Return whether a function can be called where the cursor is."""
    way = cursor.spot.way
    if way[0] == "Resources":
        return cursor.spot.call is not None or (place is not None and place.of is not None)
    return way[0] in _EVALUATED and len(way) > 2


def _property_values(cursor: Cursor, place: Place) -> Iterator[Suggestion]:
    of = place.of
    if of is None:
        return
    for value in (True, False) if of.kind == "boolean" and not of.allowed else of.allowed:
        written = str(value).lower() if isinstance(value, bool) else str(value)
        insert = _in_place(written, cursor) if isinstance(value, str) else written
        yield Suggestion(written, "value", insert, cursor.typed)
    if not cursor.spot.on_key and cursor.has_line_of_its_own:
        yield from _fields(cursor, place, set())


def _arguments(cursor: Cursor, call: Called) -> Iterator[Suggestion]:
    template, typed = cursor.template, cursor.typed
    given = items(call.argument)
    if takes_condition(call) or call.function == "Condition":
        yield from (_value(cursor, name, "condition") for name in template.conditions)
        return
    match call.function:
        case "Ref":
            for section, name in referable(template):
                detail, rank = _type_of(template, section, name), ORDINARY if section in _SINGULAR else PSEUDO_ONE
                yield _value(cursor, name, _SINGULAR.get(section, "pseudo"), detail, rank)
        case "Fn::GetAtt" if call.way == (1,):
            yield from _attributes(cursor, text(given[0]) or "", typed)
        case "Fn::GetAtt" if "." in typed:
            yield from _attributes(cursor, *template.attribute_in(typed))
        case "Fn::GetAtt":
            for name in template.resources:
                yield _value(cursor, name, "resource", template.type_of(name) or "")
        case "Fn::FindInMap" if call.way == (0,):
            yield from (_value(cursor, name, "mapping") for name in template.mappings)
        case "Fn::FindInMap" if call.way in ((1,), (2,)):
            rows = entries(template.mappings.get(text(given[0]) or ""))
            columns = dict.fromkeys(name for row in rows.values() for name in entries(row))
            yield from (_value(cursor, name, "value") for name in (rows if call.way == (1,) else columns))
        case _:
            pass


def _variables(cursor: Cursor, begun: str) -> Iterator[Suggestion]:
    """Yield what `${` can be followed by: in Fn::Sub all but locals, in what describes the form parameters."""
    template, call = cursor.template, cursor.spot.call
    closing = "" if "}" in cursor.after.partition("${")[0] else "}"
    if call is None:
        if cursor.spot.way[0] in ("Parameters", "Metadata"):
            yield from (Suggestion(name, "parameter", name + closing, begun) for name in template.parameters)
        return
    if call.function != "Fn::Sub":
        return
    if "." in begun:
        yield from _attributes(cursor, *template.attribute_in(begun), closing)
        return
    parts = parts_of(call.argument)
    for name in parts[1] if parts is not None else ():
        yield Suggestion(name, "variable", name + closing, begun, rank=REQUIRED_ONE)
    for section, name in referable(template):
        if section != "Locals":
            kind, rank = _SINGULAR.get(section, "pseudo"), ORDINARY if section in _SINGULAR else PSEUDO_ONE
            yield Suggestion(name, kind, name + closing, begun, _type_of(template, section, name), rank=rank)


def _attributes(cursor: Cursor, resource: str, begun: str, closing: str = "") -> Iterator[Suggestion]:
    kind = cursor.template.type_of(resource.partition("[")[0]) or ""
    found = bundled().type(kind) if "::" in kind else None
    for name in found.attributes - {"*"} if found is not None else ():
        said = "list" if found is not None and name in found.lists else ""
        yield Suggestion(name, "attribute", _in_place(name, cursor) + closing, begun, said)


def _functions(cursor: Cursor) -> Iterator[Suggestion]:
    yield from (_key(cursor, name, shape, rank=FUNCTION) for name, shape in SHAPES.items() if name != "Condition")


def _short_tags(cursor: Cursor) -> Iterator[Suggestion]:
    for name, shape in SHAPES.items():
        tag = "!" + name.removeprefix("Fn::")
        yield Suggestion(tag, "function", f"{tag} ", cursor.typed, shape)


def _types(beginning: str) -> Iterable[str]:
    return (name for name in bundled().types if name.startswith(beginning))


def _type_of(template: Template, section: str, name: str) -> str:
    return scalar(entries(entries(template.sections.get(section)).get(name)).get("Type")) or ""


def _key(
    cursor: Cursor, name: str, detail: str, text: str = "", rank: int = ORDINARY, *, collection: bool = False
) -> Suggestion:
    insert = name
    if not cursor.after.lstrip("\"'").lstrip().startswith(":"):
        quote = '"' if cursor.is_json else ""
        if not cursor.in_quotes:
            insert = f"{quote}{name}{quote}:" if collection and not cursor.is_json else f"{quote}{name}{quote}: "
    kind = "function" if name in SHAPES else "property"
    return Suggestion(name, kind, insert, cursor.typed, detail, text, rank)


def _value(cursor: Cursor, value: str, kind: str, detail: str = "", rank: int = ORDINARY) -> Suggestion:
    return Suggestion(value, kind, _in_place(value, cursor), cursor.typed, detail, rank=rank)


def _in_place(value: str, cursor: Cursor) -> str:
    """Return a value as it is written where the cursor is: with quotes where it needs them and has none."""
    return value if cursor.in_quotes or _is_plain(value, cursor) else f'"{value}"'


def _is_plain(value: str, cursor: Cursor) -> bool:
    """Return whether a text needs no quotes to be read as that text; what ROS takes for truth needs none either."""
    if value in TRUTH:
        return True
    try:
        node = compose(value)
    except YAMLError:
        return False
    return text(node) == value and not cursor.is_json
