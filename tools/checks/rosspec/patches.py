"""Corrections to what the packages say, each with its reason; one that no longer applies stops the run.

A patch file is `{"reason": …, "source": …, "changes": […]}`. The changes:

- `{"add": "type", "type": T, "attributes": […]}`: a type of which nothing but its attributes is known.
- `{"add": "attributes", "type": T, "attributes": […]}`
- `{"add": "lists", "type": T, "attributes": […]}`: attributes that are lists, which the packages do not say.
- `{"add": "property", "type": T, "path": "A.B[].C", "status": …, "alias_of": …, "kind": …}`
- `{"add": "values", "type": T, "path": "A.B[].C", "values": […]}`: values that are allowed beside the others.
- `{"set": "A.B[].C", "type": T, "from": {…}, "to": {…}}`: fields of a property, which must be as `from` says.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nestforge.rosspec.resource_type import Property, ResourceType

if TYPE_CHECKING:
    from pathlib import Path

Types = dict[str, ResourceType]
_Change = dict[str, Any]  # as JSON has it: each function below takes out what it needs


class PatchDoesNotApply(Exception):
    """The packages have changed so that a correction no longer fits; look at it again."""

    def __init__(self, file: str, change: _Change, why: str) -> None:
        super().__init__(f"{file}: {json.dumps(change, ensure_ascii=False)}: {why}")


def apply_patches(types: Types, folder: Path) -> Types:
    """Return the types with the corrections of all files in `folder`, in the order of their names."""
    for path in sorted(folder.glob("*.json")):
        patch = json.loads(path.read_text(encoding="utf-8"))
        if not patch["reason"].strip():
            raise PatchDoesNotApply(path.name, {}, "it gives no reason")
        for change in patch["changes"]:
            try:
                types = types | {change["type"]: _changed(types.get(change["type"]), change)}
            except ValueError as error:
                raise PatchDoesNotApply(path.name, change, str(error)) from error
    return types


def _changed(found: ResourceType | None, change: _Change) -> ResourceType:
    if change.get("add") == "type":
        if found is not None:
            raise ValueError("the packages have this type now")
        return ResourceType(change["type"], {}, {}, attributes=frozenset(change["attributes"]), described=False)
    if found is None:
        raise ValueError("there is no such type")
    if change.get("add") == "attributes":
        return _with_attributes(found, frozenset(change["attributes"]))
    if change.get("add") == "lists":
        return _with_lists(found, frozenset(change["attributes"]))
    if change.get("add") == "property":
        return _with_property(found, change)
    if change.get("add") == "values":
        return _with_values(found, change["path"], tuple(change["values"]))
    return _with_fields(found, change)


def _with_attributes(found: ResourceType, attributes: frozenset[str]) -> ResourceType:
    if known := sorted(attributes & found.attributes):
        raise ValueError(f"the packages have {', '.join(known)} now")
    return found._replace(attributes=found.attributes | attributes)


def _with_lists(found: ResourceType, attributes: frozenset[str]) -> ResourceType:
    if unknown := sorted(attributes - found.attributes):
        raise ValueError(f"there is no attribute {', '.join(unknown)}")
    return found._replace(lists=found.lists | attributes)


def _with_property(found: ResourceType, change: _Change) -> ResourceType:
    holder, name = _holder(found, change["path"])
    properties = _properties(found, holder)
    if name in properties:
        raise ValueError("the packages have this property now")
    alias_of = change.get("alias_of")
    if alias_of is None:
        added = Property(change.get("kind", "any"), status=change["status"])
    else:
        added = properties[alias_of]._replace(status="alias", alias_of=alias_of, required=False)
    return _replaced(found, holder, {name: added})


def _with_values(found: ResourceType, path: str, values: tuple[str, ...]) -> ResourceType:
    holder, name = _holder(found, path)
    of = _property(found, holder, name)
    if known := [value for value in values if value in of.allowed]:
        raise ValueError(f"the packages allow {', '.join(known)} now")
    return _replaced(found, holder, {name: of._replace(allowed=of.allowed + values)})


def _with_fields(found: ResourceType, change: _Change) -> ResourceType:
    holder, name = _holder(found, change["set"])
    of = _property(found, holder, name)
    for field, expected in _values(change["from"]).items():
        if getattr(of, field) != expected:
            raise ValueError(f"{field} is {getattr(of, field)!r}")
    return _replaced(found, holder, {name: of._replace(**_values(change["to"]))})


def _values(fields: _Change) -> _Change:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}


def _holder(found: ResourceType, path: str) -> tuple[str | None, str]:
    """Return the structure that has the last name of a path, None for the type itself, and that name."""
    *before, name = path.replace("[]", "").split(".")
    holder: str | None = None
    for step in before:
        properties = _properties(found, holder)
        if step not in properties:
            raise ValueError(f"there is no property '{step}'")
        holder = (properties[step].items or properties[step]).structure
        if holder is None:
            raise ValueError(f"'{step}' is no structure")
    return holder, name


def _properties(found: ResourceType, holder: str | None) -> dict[str, Property]:
    return found.properties if holder is None else found.structures[holder]


def _property(found: ResourceType, holder: str | None, name: str) -> Property:
    of = _properties(found, holder).get(name)
    if of is None:
        raise ValueError("there is no such property")
    return of


def _replaced(found: ResourceType, holder: str | None, changed: dict[str, Property]) -> ResourceType:
    properties = _properties(found, holder) | changed
    if holder is None:
        return found._replace(properties=properties)
    return found._replace(structures=found.structures | {holder: properties})
