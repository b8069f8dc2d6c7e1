"""What a form is made of: the groups and the parameters of a template, their texts in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from nestforge.evaluate.data import NoValue, Unknown
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.written import written
from nestforge.sources.nodes import entries, items, pairs, scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yaml.nodes import Node

    from nestforge.cloud.json_value import Json
    from nestforge.evaluate.data import Data
    from nestforge.sources.template import Template

Texts: TypeAlias = "dict[str, str]"
"""A text by the language ROS names it with; under the empty name what stands for all languages."""

_TEXTS = ("Label", "Description", "Placeholder")
_LIMITS = ("MinLength", "MaxLength", "MinValue", "MaxValue")
_YES = ("true", "yes", "on", "1")


def form_data(template: Template) -> dict[str, Json]:
    """Return the form: `groups` in order, each with the names of its parameters, and `parameters` by name.

    Every parameter stands in one group: those that the template puts in none come last.
    """
    groups: list[Json] = []
    left = dict.fromkeys(template.parameters)
    for group in template.groups:
        names = [name for node in group.parameters if (name := scalar(node)) is not None and name in left]
        for name in names:
            left.pop(name, None)
        groups.append({"label": texts_of(_label(group.node)), "parameters": list(dict.fromkeys(names))})
    if left:
        groups.append({"label": {}, "parameters": list(left)})
    return {
        "description": texts_of(template.sections.get("Description")),
        "groups": groups,
        "parameters": {name: _parameter(node) for name, node in template.parameters.items()},
    }


def texts_of(node: Node | None) -> Texts:
    """Return a text that may be one for all languages or a map of them."""
    whole = scalar(node)
    if whole is not None:
        return {"": whole}
    return {str(key.value): text for key, value in pairs(node) if (text := scalar(value)) is not None}


def _label(group: Node) -> Node | None:
    label = entries(group).get("Label")
    return entries(label).get("default", label)


def _parameter(node: Node) -> dict[str, Json]:
    attributes = entries(node)
    facts: dict[str, Json] = {
        "type": scalar(attributes.get("Type")) or "String",
        "secret": (scalar(attributes.get("NoEcho")) or "").lower() in _YES,
        "association": scalar(attributes.get("AssociationProperty")) or "",
        "metadata": plain(attributes.get("AssociationPropertyMetadata")),
    }
    facts |= {name[0].lower() + name[1:]: texts_of(attributes.get(name)) for name in _TEXTS}
    if (default := attributes.get("Default")) is not None:
        facts["default"] = plain(default)
    if (allowed := attributes.get("AllowedValues")) is not None:
        facts["allowed"] = [plain(value) for value in items(allowed)]
    return facts | {name: limit for name in _LIMITS if (limit := scalar(attributes.get(name))) is not None}


def plain(node: Node | None) -> Json:
    """Return what is written, as JSON; None for nothing, and for what is too deep or too large for any form."""
    if node is None:
        return None
    try:
        return _json(written(node))
    except Fault:
        return None


def _json(data: Data) -> Json:
    if isinstance(data, dict):
        return _mapping(data)
    if isinstance(data, list):
        return _list(data)
    return None if isinstance(data, (Unknown, NoValue)) else data


def _mapping(data: Mapping[str, Data]) -> dict[str, Json]:
    return {key: _json(value) for key, value in data.items()}


def _list(data: Iterable[Data]) -> list[Json]:
    return [_json(value) for value in data]
