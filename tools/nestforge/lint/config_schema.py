"""Check config.yaml against its JSON Schema, over the nodes: each fault has its place, and nothing heavy is loaded.

It understands the keywords that the schema of config.yaml uses; a test holds it to what jsonschema says.
"""

from __future__ import annotations

import re
from typing import cast

from nestforge.model.dataclass import dataclass
from nestforge.model.diagnostic import Edit
from nestforge.model.near_miss import did_you_mean, respelt
from nestforge.sources.libyaml import MappingNode, SequenceNode
from nestforge.sources.schemas import schema

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nestforge.model.diagnostic import Span
    from nestforge.sources.config_part import Part

Schema = dict[str, object]
UNKNOWN, MISSING, KIND, VALUE, NUMBER, REGION = "unknown", "missing", "kind", "value", "number", "region"

_NEAR_ENOUGH = 0.85
"""How alike an unknown key of an open mapping is to a known one before it is taken for a mistyped one."""

_TEXT = "tag:yaml.org,2002:str"
_KINDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What the schema refuses: what kind of fault it is, where, the sentence, the remedy, the safe change."""

    kind: str
    span: Span
    message: str
    help: str | None = None
    edits: tuple[Edit, ...] = ()


def faults_of(root: Part) -> Iterator[Fault]:
    """Yield what the schema refuses, and the texts that YAML reads as another number."""
    return _Walk().value(root, schema("config"))


class _Walk:
    def __init__(self) -> None:
        self.definitions = cast("dict[str, Schema]", schema("config")["$defs"])
        self.seen: set[tuple[int, int]] = set()

    def value(self, part: Part, of: Schema) -> Iterator[Fault]:
        name = str(of.get("$ref", "")).rpartition("/")[2]
        if name:
            if name == "text":
                yield from _changed_number(part)
            elif name == "region" and part.text and not part.is_open:
                yield Fault(REGION, part.span, part.text)
            yield from self.value(part, self.definitions[name])
            yield from _scalar(part, of)
            return
        if "if" in of:
            branch = "then" if isinstance(part.node, SequenceNode) else "else"
            yield from self.value(part, cast("Schema", of[branch]))
            return
        visit = (id(part.node), id(of))
        if part.is_null or visit in self.seen:  # what an alias brings in again is checked once
            return
        self.seen.add(visit)
        kinds = [kind for kind in cast("list[str]", _listed(of.get("type", []))) if kind != "null"]
        if kinds and not _is_one_of(part, kinds):
            yield Fault(KIND, part.span, f"{_said(part)} is {_kind_of(part)}, expected {_KINDS[kinds[0]]}")
            return
        yield from self.contents(part, of)

    def contents(self, part: Part, of: Schema) -> Iterator[Fault]:
        if isinstance(part.node, MappingNode):
            yield from self.mapping(part, of)
        elif isinstance(part.node, SequenceNode):
            most = of.get("maxItems")
            if isinstance(most, int) and len(part.items) > most:
                yield Fault(VALUE, part.span, f"{_said(part)} has {len(part.items)} entries, expected at most {most}")
            if isinstance(of.get("items"), dict):
                for item in part.items:
                    yield from self.value(item, cast("Schema", of["items"]))
        else:
            yield from _scalar(part, of)

    def mapping(self, part: Part, of: Schema) -> Iterator[Fault]:
        known = cast("dict[str, Schema]", of.get("properties", {}))
        rest = of.get("additionalProperties", True)
        written = {entry.name for entry in part.entries}
        for entry in part.entries:
            if entry.name in known:
                yield from self.value(entry, known[entry.name])
            elif entry.name == "<<":
                continue
            elif isinstance(rest, dict):
                yield from self.value(entry, rest)
            elif known and (rest is False or _is_mistyped(entry.name, set(known) - written)):
                help = did_you_mean(entry.name, known) or f"the keys are {', '.join(known)}"
                span, message = entry.key_span, f"'{entry.name}' is not a key of {_said(part)}"
                yield Fault(UNKNOWN, span, message, help, respelt(span, entry.name, known, written))
        for name in cast("list[str]", of.get("required", [])):
            if name not in written and "<<" not in written and not did_you_mean(name, written - set(known)):
                yield Fault(MISSING, part.key_span, f"{_said(part)} needs the key '{name}'")


def _scalar(part: Part, of: Schema) -> Iterator[Fault]:
    text, allowed = part.text, of.get("enum")
    if part.is_open:
        return
    if isinstance(allowed, list):
        names = [str(value) for value in allowed if value is not None]
        if text not in names:
            message = f"{_said(part)} is '{text}', expected one of {', '.join(names)}"
            yield Fault(VALUE, part.span, message, did_you_mean(text, names))
    if not text and of.get("minLength"):
        yield Fault(VALUE, part.span, f"{_said(part)} is empty, expected a text", "write it, or take the entry away")
    most = of.get("maximum")
    if isinstance(most, int) and text.isdecimal() and int(text[:20]) > most:
        yield Fault(VALUE, part.span, f"{_said(part)} is {text}, expected at most {most}")


def _is_one_of(part: Part, kinds: list[str]) -> bool:
    if isinstance(part.node, MappingNode):
        return "object" in kinds
    if isinstance(part.node, SequenceNode):
        return "array" in kinds
    if kinds == ["string"]:
        return part.node.tag == _TEXT
    test = _SCALARS.get(kinds[0])
    return test is not None and (part.is_open or bool(test(part.text)))


_SCALARS: dict[str, Callable[[str], object]] = {
    "string": lambda text: True,
    "integer": re.compile(r"[0-9]+").fullmatch,
    "boolean": re.compile(r"[Tt]rue|[Ff]alse").fullmatch,
}


def _changed_number(part: Part) -> Iterator[Fault]:
    """Yield a text without quotes that YAML reads as a number which is written otherwise: 1.10 is 1.1."""
    kind = part.node.tag.rpartition(":")[2]
    if kind not in ("float", "int") or len(part.text) > 40:
        return
    try:
        read = str(float(part.text)) if kind == "float" else str(int(part.text.replace("_", ""), 0))
    except ValueError:  # octal and sexagesimal numbers of YAML 1.1
        read = "another number"
    if read != part.text:
        message = f"{_said(part)} is written {part.text}, which YAML reads as {read}"
        edits = (Edit(part.span, part.text, f"'{part.text}'"),)
        yield Fault(NUMBER, part.span, message, "put it in quotes", edits)


def _is_mistyped(name: str, known: set[str]) -> bool:
    from difflib import get_close_matches

    return bool(get_close_matches(name.casefold(), [key.casefold() for key in known], n=1, cutoff=_NEAR_ENOUGH))


def _kind_of(part: Part) -> str:
    if isinstance(part.node, MappingNode):
        return "a mapping"
    return "a list" if isinstance(part.node, SequenceNode) else f"'{part.text[:60]}'"


def _said(part: Part) -> str:
    """Return the way to a value as a person writes it: `Service.ServiceInfo[0].Name`."""
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in part.way)
    return f"'{steps.lstrip('.')}'" if steps else "this file"


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
