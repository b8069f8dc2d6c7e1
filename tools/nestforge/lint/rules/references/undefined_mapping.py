"""R3005."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.nodes import call, child, items, pairs, scalar
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.lint.template import Call, Template


@rule("R3005")
def undefined_mapping(template: Template) -> Iterator[Finding]:
    """`Fn::FindInMap` looks for a mapping or a key that is not there.

    A key that is a parameter is checked for each of the parameter's allowed values.

    Bad:  {"Fn::FindInMap": [Machines, ecs.c7.large, Disk]}
    Good: {"Fn::FindInMap": [InstanceTypes, ecs.c7.large, Disk]}
    """
    for use in template.calls:
        if use.function != "Fn::FindInMap" or len(use.parts) != 3:
            continue
        name = scalar(use.parts[0]) if call(use.parts[0]) is None else None
        if name is None:
            continue
        if name not in template.mappings:
            message = f"there is no mapping '{name}'"
            yield Finding(template.span(use.parts[0]), message, did_you_mean(name, template.mappings), use.under)
            continue
        yield from _keys(template, use, name)


def _keys(template: Template, use: Call, name: str) -> Iterator[Finding]:
    tables = [(f"the mapping '{name}'", template.mappings[name])]
    for part in use.parts[1:]:
        wanted = _possible(template, part)
        inner: list[tuple[str, Node]] = []
        for what, table in tables:
            entries = {key: value for _, key, value in pairs(table)}
            for key in wanted or entries:
                if key in entries:
                    inner.append((f"'{key}' of {what}", entries[key]))
                else:
                    help = did_you_mean(key, entries)
                    yield Finding(template.span(part), f"{what} has no key '{key}'", help, use.under)
        tables = inner


def _possible(template: Template, part: Node) -> list[str]:
    """Return the keys that `part` can be; none where that is not known."""
    found = call(part)
    if found is None:
        text = scalar(part)
        return [] if text is None else [text]
    function, argument = found
    parameter = template.parameters.get(scalar(argument) or "") if function == "Ref" else None
    return [text for item in items(child(parameter, "AllowedValues")) if (text := scalar(item)) is not None]
