"""What a template gives to its resources, beside what the resource spec says about it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import yaml

from nestforge.lint.budget import Budget
from nestforge.lint.values import Branch, Value, values_of
from nestforge.rosspec.spec import bundled
from nestforge.sources.nodes import entries, pairs, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.rosspec.resource_type import Property, ResourceType
    from nestforge.sources.template import Template

_MERGE = "<<"
_DEEPEST = 30
"""Structures inside each other; an alias can lead back to what is around it."""


class Structure(NamedTuple):
    """The properties of a resource, or a structure inside them: what may be given, and what is."""

    of: ResourceType
    path: str
    properties: dict[str, Property]
    given: dict[str, tuple[Node, Node]]
    place: Node
    branch: Branch

    @property
    def where(self) -> str:
        """` in DiskMappings[0]`, or nothing for the resource itself."""
        return f" in {self.path}" if self.path else ""


class Given(NamedTuple):
    """One value that a property can have; `place` is where the property says so."""

    of: Property
    path: str
    place: Node
    value: Value

    @property
    def literal(self) -> yaml.ScalarNode | None:
        """The value where it is a scalar that is written out."""
        node = self.value.node
        return node if isinstance(node, yaml.ScalarNode) else None

    @property
    def choice(self) -> str:
        """` (when parameter 'Model' is 'R1')`, or nothing where there is no choice."""
        return choice_of(self.value.branch)


def choice_of(branch: Branch) -> str:
    """Return how to say under which choice something is so."""
    return f" ({', '.join(branch.choice)})" if branch.choice else ""


def described(template: Template) -> Iterator[tuple[ResourceType, Node, dict[str, Node]]]:
    """Yield the resources and local data sources whose type is in the spec: type, key, entries."""
    for section in ("Resources", "Locals"):
        for key, resource in pairs(template.sections.get(section)):
            fields = entries(resource)
            kind = scalar(fields.get("Type")) or ""
            found = bundled().type(kind) if "::" in kind else None
            if found is not None:
                yield found, key, fields


@lru_cache(maxsize=1)  # each rule asks for those of the same template
def _given(template: Template) -> tuple[Structure | Given, ...]:
    return tuple(given_in(template))


def structures_of(template: Template) -> tuple[Structure, ...]:
    """Return the properties of each resource, and the structures inside them."""
    return tuple(found for found in _given(template) if isinstance(found, Structure))


def values_given_in(template: Template) -> tuple[Given, ...]:
    """Return every value that a property of a resource can have."""
    return tuple(found for found in _given(template) if isinstance(found, Given))


def given_in(template: Template) -> Iterator[Structure | Given]:
    """Yield all that a template gives, structures before what they hold."""
    budget = Budget.for_lines(len(template.lines))
    for found, key, fields in described(template):
        if not found.described:
            continue
        condition = scalar(fields.get("Condition"))
        branch = Branch({condition: True} if condition else {})
        properties = fields.get("Properties")
        if properties is None:
            yield Structure(found, "", found.properties, {}, key, branch)
            continue
        for value in values_of(properties, template, branch, budget):
            if isinstance(value.node, yaml.MappingNode):
                walk = _Walk(template, found, budget)
                yield from walk.structure(value.node, found.properties, "", key, value.branch)


class _Walk:
    def __init__(self, template: Template, found: ResourceType, budget: Budget) -> None:
        self.template = template
        self.found = found
        self.budget = budget

    def structure(
        self, node: Node, properties: dict[str, Property], path: str, place: Node, branch: Branch
    ) -> Iterator[Structure | Given]:
        given = {str(key.value): (key, value) for key, value in pairs(node)}
        if _MERGE in given or path.count(".") > _DEEPEST:
            return  # what an anchor brings in is not written here
        yield Structure(self.found, path, properties, given, place, branch)
        for name, (_, value) in given.items():
            if name in properties:
                inner = f"{path}.{name}" if path else name
                yield from self._property(value, properties[name], inner, branch)

    def _property(self, node: Node, of: Property, path: str, branch: Branch) -> Iterator[Structure | Given]:
        if of.kind == "any" and not of.allowed:
            return
        for value in values_of(node, self.template, branch, self.budget):
            yield Given(of, path, node, value)
            if of.kind == "structure" and isinstance(value.node, yaml.MappingNode):
                inner = self.found.structures[of.structure or ""]
                yield from self.structure(value.node, inner, path, value.node, value.branch)
            elif of.items is not None and isinstance(value.node, yaml.SequenceNode):
                for index, item in enumerate(value.node.value):
                    yield from self._property(item, of.items, f"{path}[{index}]", value.branch)
