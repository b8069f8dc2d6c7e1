"""Read the resource types out of the JavaScript that a `ros-cdk-*` package generates for them.

Each structure has a validator function that says in a handful of fixed forms what its fields take, and a
function that gives the fields the names they have in a template. Any other form stops the run: what is not
understood must not be left out silently.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from nestforge.rosspec.resource_type import Property, ResourceType

if TYPE_CHECKING:
    from collections.abc import Iterator

TAG = "RosTag"
_TAG_FIELDS = {"Key": Property("string", required=True), "Value": Property("string")}

_BLOCKS = re.MULTILINE | re.DOTALL
_VALIDATOR = re.compile(r"^function (Ros\w+?(?:Props|Property))Validator\(properties\) \{\n(.*?)^\}", _BLOCKS)
_RENDERER = re.compile(
    r"^function (ros\w+?(?:Props|Property))ToRosTemplate\(.*?^    return \{(?:\n(.*?)^    )?\};", _BLOCKS
)
_CLASS = re.compile(r"^class (Ros\w+) extends ros\.RosResource \{\n(.*?)^\}", _BLOCKS)
_TYPE = re.compile(r'^(Ros\w+)\.ROS_RESOURCE_TYPE_NAME = "([^"]+)";', re.MULTILINE)
_ATTRIBUTE = re.compile(r"this\.getAtt\('([^']+)'\)")
_FIELD = re.compile(r"^        '?([^':]+)'?: .*\(properties\.(\w+)\),$")

_KIND = re.compile(r"^    errors\.collect\(ros\.propertyValidator\('(\w+)', (.+)\)\(properties\.\w+\)\);$")
_LIMIT = re.compile(r"^        errors\.collect\(ros\.propertyValidator\('(\w+)', ros\.validate(\w+)\)\(\{$")
_ARGUMENT = re.compile(r"^            (data|allowedValues|min|max|reg): (.+?),?$")
_FRAME = re.compile(
    r"^(    if \(!ros\.canInspect\(properties\)\) \{|        return ros\.VALIDATION_SUCCESS;|    \}"
    r"|    const errors = new ros\.ValidationResults\(\);|    return errors\.wrap\(.*"
    r"|    if \(properties\.\w+ && .*\) \{|        \}\)\);)$"
)
_REGULAR_EXPRESSION = re.compile(r"^/(.*)/([a-z]*)$")

_KINDS: dict[str, Property] = {
    "ros.validateString": Property("string"),
    "ros.validateNumber": Property("number"),
    "ros.validateBoolean": Property("boolean"),
    "ros.validateAny": Property("any"),
    "ros.validateAnyDict": Property("map"),
    "ros.validateRosTag": Property("structure", structure=TAG),
}


class NotUnderstood(Exception):
    """A package says something in a form that is not known here."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{where}: cannot understand {what!r}")


def resource_types(javascript: str) -> Iterator[ResourceType]:
    """Yield the types that a generated module defines."""
    names = {_folded(renderer): dict(_fields(body, renderer)) for renderer, body in _RENDERER.findall(javascript)}
    structures = {
        validator.removesuffix("Property"): _named(_properties(body, validator), names[_folded(validator)], validator)
        for validator, body in _VALIDATOR.findall(javascript)
    }
    types = dict(_TYPE.findall(javascript))
    for name, body in _CLASS.findall(javascript):
        properties = structures[f"{name}Props"]
        yield ResourceType(
            types[name],
            properties,
            dict(_reached(properties, structures)),
            frozenset(_ATTRIBUTE.findall(body)),
        )


def _folded(name: str) -> str:
    """Return what the names of the two functions of a structure have in common."""
    return name.replace("_", "").casefold()


def _fields(body: str, where: str) -> Iterator[tuple[str, str]]:
    for line in body.splitlines():
        field = _FIELD.match(line)
        if field is None:
            raise NotUnderstood(line, where)
        yield field[2], field[1]


def _named(properties: dict[str, Property], names: dict[str, str], where: str) -> dict[str, Property]:
    if properties.keys() != names.keys():
        raise NotUnderstood(", ".join(sorted(properties.keys() ^ names.keys())), where)
    return {names[field]: of for field, of in properties.items()}


def _properties(body: str, where: str) -> dict[str, Property]:
    found: dict[str, Property] = {}
    required: set[str] = set()
    limits: list[tuple[str, str, dict[str, str]]] = []
    for line in body.splitlines():
        if kind := _KIND.match(line):
            if kind[2] == "ros.requiredValidator":
                required.add(kind[1])
            else:
                found[kind[1]] = _kind(kind[2], where)
        elif limit := _LIMIT.match(line):
            limits.append((limit[1], limit[2], {}))
        elif argument := _ARGUMENT.match(line):
            limits[-1][2][argument[1]] = argument[2]
        elif not _FRAME.match(line):
            raise NotUnderstood(line, where)
    for field, what, arguments in limits:
        found[field] = _limited(found[field], what, arguments, where)
    return {field: of._replace(required=field in required) for field, of in found.items()}


def _kind(validator: str, where: str) -> Property:
    if validator in _KINDS:
        return _KINDS[validator]
    outer, _, inner = validator.partition("(")
    if outer == "ros.listValidator":
        return Property("list", items=_kind(inner.removesuffix(")"), where))
    if outer == "ros.hashValidator":
        return Property("map")
    if structure := re.fullmatch(r"(Ros\w+)PropertyValidator", validator):
        return Property("structure", structure=structure[1])
    raise NotUnderstood(validator, where)


def _limited(of: Property, what: str, arguments: dict[str, str], where: str) -> Property:
    if what == "AllowedValues":
        return of._replace(allowed=tuple(json.loads(arguments["allowedValues"])))
    if what == "AllowedPattern":
        expression = _REGULAR_EXPRESSION.match(arguments["reg"])
        if expression is None or expression[2]:
            raise NotUnderstood(arguments["reg"], where)
        return of._replace(pattern=expression[1])
    low, high = (_number(arguments[bound]) for bound in ("min", "max"))
    if what == "Range":
        return of._replace(minimum=low, maximum=high)
    if what == "Length":
        return of._replace(shortest=None if low is None else int(low), longest=None if high is None else int(high))
    raise NotUnderstood(what, where)


def _number(literal: str) -> float | None:
    return None if literal == "undefined" else json.loads(literal)


def _reached(
    properties: dict[str, Property], structures: dict[str, dict[str, Property]]
) -> Iterator[tuple[str, dict[str, Property]]]:
    """Yield the structures that these properties lead to."""
    known = structures | {TAG: _TAG_FIELDS}
    waiting, seen = [properties], set[str]()
    while waiting:
        for of in waiting.pop().values():
            inner = of.items or of
            if inner.structure and inner.structure not in seen:
                seen.add(inner.structure)
                waiting.append(known[inner.structure])
                yield inner.structure, known[inner.structure]
