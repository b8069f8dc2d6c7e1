"""What hover and completion say, in Markdown: of a property, a type, a function, a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lsp.functions import SHAPES
from nestforge.lsp.names import PSEUDO, VARIABLES
from nestforge.rosspec.association_properties import association_property, common_keys
from nestforge.rosspec.spec import bundled
from nestforge.sources.libyaml import ScalarNode
from nestforge.sources.nodes import entries, items, scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yaml.nodes import Node

    from nestforge.lsp.names import Named
    from nestforge.rosspec.resource_type import Property, ResourceType
    from nestforge.sources.template import Template

_MOST = 40
"""Names of one kind that are listed."""

_LONGEST = 200
"""Characters of a text of the template that are shown."""

_STATUS = {
    "hidden": "works, but no current page of the manual lists it",
    "retired": "retired: templates that have it still deploy",
    "doubtful": "seen once only: doubtful",
}
_METADATA_SAID = {
    "Visible": "the condition under which the field is shown",
    "Required": "the condition under which the form demands a value",
    "ReadOnly": "the condition under which the value cannot be changed",
    "AllowedValues": "values, each with the condition under which it is offered",
    "Value": "values, each with the condition under which the field is given it",
    "ValueLabelMapping": "what the form calls each value: a text, or one for each language",
    "DefaultValueStrategy": "`recent` or `random`",
    "ExclusiveTo": "names of parameters that exclude this one",
    "AutoSelectFirst": "whether the first value is chosen beforehand",
}
_PARAMETER_FACTS = (
    "Default",
    "AllowedPattern",
    "MinLength",
    "MaxLength",
    "MinValue",
    "MaxValue",
    "NoEcho",
    "AssociationProperty",
)


def kind_of(of: Property) -> str:
    """Return the type of a property in a word or two: `list of string`."""
    if of.kind == "list" and of.items is not None:
        return f"list of {kind_of(of.items)}"
    return of.kind


def property_text(name: str, of: Property) -> str:
    """Return what is known of a property."""
    head = f"**{name}**: {kind_of(of)}, {'required' if of.required else 'optional'}"
    return "\n\n".join([head, *_constraints(of)])


def type_text(found: ResourceType) -> str:
    """Return the properties and attributes of a type in short."""
    lines = [f"**{found.name}**"]
    current = {name: of for name, of in found.properties.items() if of.status == "current"}
    required = sorted(name for name, of in current.items() if of.required)
    if required:
        lines.append(f"required: {_listed(required)}")
    if optional := sorted(current.keys() - set(required)):
        lines.append(f"optional: {_listed(optional)}")
    if not found.described:
        lines.append("its properties are not known to nestforge")
    if attributes := sorted(found.attributes - {"*"}):
        lines.append(f"attributes: {_listed(attributes)}")
    return "\n\n".join(lines)


def function_text(name: str) -> str | None:
    """Return the shape of a function's argument."""
    return f"**{name}**: {SHAPES[name]}" if name in SHAPES else None


def component_text(name: str) -> str | None:
    """Return what a component of the form is told, and whether it is one to choose."""
    found = association_property(name)
    if found is None:
        return None
    lines = [f"AssociationProperty **{name}**"]
    if found.other:
        lines.append("a component that the form of ROS does not have")
    elif found.deprecated:
        lines.append(f"deprecated: use {_code(found.successor)}" if found.successor else "deprecated")
    if found.keys:
        lines.append(f"metadata: {_listed(sorted(found.keys))}")
    lines.append("no other metadata" if found.closed else f"as all: {_listed(sorted(common_keys()))}")
    return "\n\n".join(lines)


def metadata_text(name: str, inside: frozenset[str]) -> str:
    """Return what is known of a key of AssociationPropertyMetadata."""
    head = f"metadata **{name}**"
    said = [head, f"with {_listed(sorted(inside))}"] if inside else [head]
    return "\n\n".join(said + ([_METADATA_SAID[name]] if name in _METADATA_SAID else []))


def named_text(template: Template, named: Named) -> str:
    """Return what a name stands for."""
    if named.section == PSEUDO:
        return f"pseudo parameter **{named.name}**"
    line = named.key.start_mark.line + 1 if named.key is not None else 0
    return "\n\n".join([*_declared(template, named), f"declared in line {line}"])


def _declared(template: Template, named: Named) -> Iterator[str]:
    declared = entries(template.sections.get(named.section)).get(named.name)
    kind = scalar(entries(declared).get("Type")) or ""
    if named.section == "Parameters":
        yield from _parameter(named.name, entries(declared))
    elif named.section == VARIABLES:
        yield f"variable **{named.name}** of this Fn::Sub"
    elif named.section == "Mappings":
        yield f"mapping **{named.name}**" + "".join(f", key **{key}**" for key in named.keys)
    elif named.section == "Conditions":
        yield f"condition **{named.name}**"
    elif named.attribute is not None:
        found = bundled().type(kind) if "::" in kind else None
        is_list = found is not None and named.attribute in found.lists
        yield f"attribute **{named.attribute}**{' (a list)' if is_list else ''} of **{named.name}**, {_code(kind)}"
    else:
        yield f"{'local' if named.section == 'Locals' else 'resource'} **{named.name}**, {_code(kind or 'Macro')}"


def _parameter(name: str, attributes: dict[str, Node]) -> Iterator[str]:
    yield f"parameter **{name}**: {scalar(attributes.get('Type')) or 'no type'}"
    label = attributes.get("Label")
    for text in [scalar(label), *map(scalar, entries(label).values())]:
        if text:
            yield _shortened(text)
    if allowed := [scalar(node) or "" for node in items(attributes.get("AllowedValues"))]:
        yield f"one of: {_listed(allowed)}"
    for fact in _PARAMETER_FACTS:
        if isinstance(node := attributes.get(fact), ScalarNode):
            yield f"{fact}: {_code(_shortened(str(node.value)))}"


def _constraints(of: Property) -> Iterator[str]:
    inner = of.items if of.kind == "list" and of.items is not None and not of.items.structure else None
    if of.allowed:
        yield f"one of: {_listed(map(_written, of.allowed))}"
    if inner is not None and inner.allowed:
        yield f"each one of: {_listed(map(_written, inner.allowed))}"
    if bounds := _bounds(of.minimum, of.maximum):
        yield bounds
    if bounds := _bounds(of.shortest, of.longest):
        yield f"{bounds} {'entries' if of.kind == 'list' else 'characters'}"
    if of.pattern is not None:
        yield f"pattern: {_code(of.pattern)}"
    if of.status == "alias":
        yield f"another spelling of {of.alias_of}"
    elif of.status in _STATUS:
        yield _STATUS[of.status]


def _bounds(least: float | None, most: float | None) -> str | None:
    if least is not None and most is not None:
        return f"{least:g} to {most:g}"
    if least is not None:
        return f"at least {least:g}"
    return f"at most {most:g}" if most is not None else None


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _listed(names: Iterable[str]) -> str:
    found = list(names)
    more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
    return ", ".join(map(_code, map(_shortened, found[:_MOST]))) + more


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


def _code(text: str) -> str:
    """Return `text` as code, fenced by more backticks than it has."""
    fence = "`" * (text.count("`") + 1)
    return f"{fence} {text} {fence}" if "`" in text else f"`{text}`"
