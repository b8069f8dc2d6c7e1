"""A resource type as the compact JSON that the bundled data holds: fields that say nothing are left out."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace

from nestforge.rosspec.resource_type import Property, ResourceType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_DEFAULTS = Property._field_defaults


def encode(resource_type: ResourceType) -> bytes:
    """Return the record of a type; equal types have equal records."""
    record: dict[str, object] = {"attributes": sorted(resource_type.attributes)}
    if resource_type.lists:
        record["lists"] = sorted(resource_type.lists)
    if resource_type.described:
        record["properties"] = _encoded(resource_type.properties)
        if resource_type.structures:
            record["structures"] = {name: _encoded(s) for name, s in sorted(resource_type.structures.items())}
    import json

    return json.dumps(record, separators=(",", ":"), ensure_ascii=False).encode()


def decode(name: str, record: bytes) -> ResourceType:
    """Return the type that a record describes."""
    found, _ = _scanner()(record.decode(), 0)
    return ResourceType(
        name,
        _decoded(found.get("properties", {})),
        {name: _decoded(structure) for name, structure in found.get("structures", {}).items()},
        frozenset(found["attributes"]),
        "properties" in found,
        frozenset(found.get("lists", ())),
    )


@cache
def _scanner() -> Callable[[str, int], tuple[Any, int]]:
    """Return what reads JSON for Python's own `json`, which is loaded only where it has none in C: it takes long."""
    try:
        from _json import make_scanner
    except ImportError:
        from json import JSONDecoder

        return JSONDecoder().raw_decode
    said: Any = SimpleNamespace(
        strict=True, object_hook=None, object_pairs_hook=None, parse_float=float, parse_int=int, parse_constant=float
    )
    return make_scanner(said)


def _encoded(properties: dict[str, Property]) -> dict[str, object]:
    return {name: _fields(properties[name]) for name in sorted(properties)}


def _fields(of: Property) -> dict[str, object]:
    said: dict[str, object] = {"kind": of.kind}
    for name, default in _DEFAULTS.items():
        value = getattr(of, name)
        if value != default:
            said[name] = _fields(value) if isinstance(value, Property) else value
    return said


def _decoded(properties: dict[str, dict[str, Any]]) -> dict[str, Property]:  # as JSON has it: ends here
    return {name: _property(said) for name, said in properties.items()}


def _property(said: dict[str, Any]) -> Property:
    if "allowed" in said:
        said["allowed"] = tuple(said["allowed"])
    if "items" in said:
        said["items"] = _property(said["items"])
    return Property(**said)
