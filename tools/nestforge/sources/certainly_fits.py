"""Know quickly that data fits a JSON Schema: jsonschema takes longer to load than the data, and words the faults.

A keyword that is not known here makes the answer no: then jsonschema decides.
"""

from __future__ import annotations

from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def certainly_fits(data: object, schema: dict[str, Any]) -> bool:
    """Return whether `schema` accepts `data`; False also where that is not certain."""
    return _fits(data, schema, schema)


def _fits(data: Any, schema: Any, whole: dict[str, Any]) -> bool:
    if isinstance(schema, bool):
        return schema
    return all(
        word in _ANNOTATIONS or (word in _CHECKS and _CHECKS[word](data, said, schema, whole))
        for word, said in schema.items()
    )


def _has_type(data: Any, said: Any, _schema: Any, _whole: Any) -> bool:
    kinds = said if isinstance(said, list) else [said]
    return any(isinstance(data, _TYPES[kind]) and (kind == "boolean" or data.__class__ is not bool) for kind in kinds)


def _properties(data: Any, said: Any, _schema: Any, whole: dict[str, Any]) -> bool:
    return not isinstance(data, dict) or all(_fits(data[key], said[key], whole) for key in data.keys() & said.keys())


def _others(data: Any, said: Any, schema: dict[str, Any], whole: dict[str, Any]) -> bool:
    if not isinstance(data, dict):
        return True
    return all(_fits(data[key], said, whole) for key in data.keys() - schema.get("properties", {}).keys())


def _reference(data: Any, said: str, _schema: Any, whole: dict[str, Any]) -> bool:
    name = said.removeprefix("#/$defs/")
    return name in whole.get("$defs", {}) and _fits(data, whole["$defs"][name], whole)


def _different(data: Any, said: bool, _schema: Any, _whole: Any) -> bool:
    if not (said and isinstance(data, list)):
        return True
    return not any(one == other for index, one in enumerate(data) for other in data[:index])


def _is(data: Any, said: Any) -> bool:
    return data.__class__ in (str, int) and data.__class__ is said.__class__ and bool(data == said)


_NUMBER = (int, float)
_ANNOTATIONS = frozenset({"$schema", "$defs", "$comment", "title", "description"})
_CHECKS: dict[str, Callable[[Any, Any, Any, Any], bool]] = {
    "type": _has_type,
    "properties": _properties,
    "additionalProperties": _others,
    "$ref": _reference,
    "uniqueItems": _different,
    "required": lambda data, said, _, __: not isinstance(data, dict) or data.keys() >= set(said),
    "items": lambda data, said, _, whole: not isinstance(data, list) or all(_fits(one, said, whole) for one in data),
    "propertyNames": lambda data, said, _, whole: (
        not isinstance(data, dict) or all(_fits(key, said, whole) for key in data)
    ),
    "enum": lambda data, said, _, __: any(_is(data, one) for one in said),
    "const": lambda data, said, _, __: _is(data, said),
    "pattern": lambda data, said, _, __: not isinstance(data, str) or bool(pattern(said).search(data)),
    "minLength": lambda data, said, _, __: not isinstance(data, str) or len(data) >= said,
    "maxLength": lambda data, said, _, __: not isinstance(data, str) or len(data) <= said,
    "minItems": lambda data, said, _, __: not isinstance(data, list) or len(data) >= said,
    "minProperties": lambda data, said, _, __: not isinstance(data, dict) or len(data) >= said,
    "maxProperties": lambda data, said, _, __: not isinstance(data, dict) or len(data) <= said,
    "minimum": lambda data, said, _, __: not isinstance(data, _NUMBER) or data >= said,
    "maximum": lambda data, said, _, __: not isinstance(data, _NUMBER) or data <= said,
}
