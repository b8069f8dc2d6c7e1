"""How many bytes a value can have at most, whatever the buyer chooses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.lint.nodes import argument_parts, call, child, items, pairs, scalar
from nestforge.lint.template import sub_variables

if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.lint.template import Template

_PSEUDO = {"ALIYUN::StackId": 36, "ALIYUN::StackName": 255, "ALIYUN::Region": 32, "ALIYUN::NoValue": 0}
_NUMBER = 24  # the longest shortest form of a double: -2.2250738585072014e-308
_RESOURCE_ID = 64  # assumed: ECS and VPC identifiers have about 22 characters
_ATTRIBUTES = {
    "PrivateIps": 15,
    "PrivateIp": 15,
    "EipAddress": 15,
    "InstanceIds": 32,
    "CurlCli": 2048,  # assumed: the command carries a signed address and a token
}
_NOT_ASCII = re.compile(r"\\[DSWw]|\[\^|(?<!\\)\.")


@dataclass(frozen=True, slots=True)
class Size:
    """At most `bytes`, not counting the values in `unbounded`, which have no known limit."""

    bytes: int = 0
    unbounded: frozenset[str] = frozenset()

    def __add__(self, other: Size) -> Size:
        return Size(self.bytes + other.bytes, self.unbounded | other.unbounded)


def worst_size(template: Template, node: Node | None) -> Size:
    """Return the most that the text which `node` evaluates to can have, in UTF-8."""
    found = call(node)
    if node is None:
        return Size()
    if found is None:
        text = scalar(node)
        if text is not None:
            return Size(len(text.encode()))
        return _longest([worst_size(template, item) for item in items(node)])
    name, argument = found
    parts = argument_parts(name, argument)
    if name == "Ref":
        return _reference(template, scalar(argument) or "")
    if name == "Fn::GetAtt":
        return _attribute(template, *(scalar(part) or "" for part in parts[:2]))
    if name == "Fn::Join":
        return _join(template, parts)
    if name == "Fn::Sub":
        return _sub(template, parts)
    if name in ("Fn::Base64Encode", "Fn::Base64"):
        inner = worst_size(template, parts[0])
        return Size(4 * -(-inner.bytes // 3), inner.unbounded)
    if name == "Fn::FindInMap":
        return _longest([worst_size(template, value) for value in mapped_values(template, parts)])
    if name in ("Fn::If", "Fn::Select"):
        return _longest([worst_size(template, part) for part in parts[1:]])
    return Size(0, frozenset({name}))


def mapped_values(template: Template, parts: list[Node]) -> list[Node]:
    """Return every value that `Fn::FindInMap` can give: a key that is a function can be any key."""
    found = [node] if (node := template.mappings.get(scalar(parts[0]) or "")) else []
    for part in parts[1:3]:
        key = scalar(part) if call(part) is None else None
        found = [value for node in found for _, name, value in pairs(node) if key in (None, name)]
    return found


def _longest(sizes: list[Size]) -> Size:
    return Size(max((size.bytes for size in sizes), default=0), frozenset().union(*(size.unbounded for size in sizes)))


def _join(template: Template, parts: list[Node]) -> Size:
    if len(parts) != 2:
        return Size()
    pieces = items(parts[1]) or [parts[1]]
    total = Size(len((scalar(parts[0]) or "").encode()) * (len(pieces) - 1))
    for piece in pieces:
        total += worst_size(template, piece)
    return total


def _sub(template: Template, parts: list[Node]) -> Size:
    text = scalar(parts[0]) or ""
    given = {key: value for _, key, value in pairs(parts[1])} if len(parts) > 1 else {}
    total = Size(len(re.sub(r"\$\{\s*[^!{}]+\}", "", text).encode()))
    for name in sub_variables(text):
        target, dot, attribute = name.partition(".")
        if dot:
            total += _attribute(template, target, attribute)
        else:
            total += worst_size(template, given[name]) if name in given else _reference(template, name)
    return total


def _reference(template: Template, name: str) -> Size:
    if name in _PSEUDO:
        return Size(_PSEUDO[name])
    if name not in template.parameters:
        return Size(_RESOURCE_ID) if name in template.resources else Size()
    parameter = template.parameters[name]
    allowed = [scalar(item) or "" for item in items(child(parameter, "AllowedValues"))]
    kind = scalar(child(parameter, "Type"))
    longest = scalar(child(parameter, "MaxLength"))
    if allowed:
        return Size(max(len(value.encode()) for value in allowed))
    if kind == "Boolean":
        return Size(len("false"))
    if kind == "Number" and child(parameter, "MinValue") and child(parameter, "MaxValue"):
        return Size(_NUMBER)
    if longest is not None and longest.isdecimal():
        return Size(int(longest) * (1 if _ascii(scalar(child(parameter, "AllowedPattern"))) else 4))
    return Size(0, frozenset({name}))


def _ascii(pattern: str | None) -> bool:
    return pattern is not None and pattern.isascii() and not _NOT_ASCII.search(pattern)


def _attribute(template: Template, target: str, attribute: str) -> Size:
    length = scalar(child(template.resources.get(target), "Properties", "length"))
    if attribute == "value" and length is not None and length.isdecimal():
        return Size(int(length))
    if attribute in _ATTRIBUTES:
        return Size(_ATTRIBUTES[attribute])
    return Size(0, frozenset({f"{target}.{attribute}"}))
