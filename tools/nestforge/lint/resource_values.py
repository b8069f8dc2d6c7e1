"""What a template gives to its resources, beside what the resource spec says about it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nestforge.lint.budget import Budget
from nestforge.lint.values import Branch, Value, values_of
from nestforge.rosspec.spec import bundled
from nestforge.sources.libyaml import MappingNode, ScalarNode, SequenceNode
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
    def literal(self) -> ScalarNode | None:
        """The value where it is a scalar that is written out."""
        node = self.value.node
        return node if isinstance(node, ScalarNode) else None

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
def _given(template: Template) -> tuple[tuple[Structure, ...], tuple[Given, ...]]:
    found = _Found(template)
    for type_, key, fields in described(template):
        if type_.described:
            found.resource(type_, key, fields)
    return tuple(found.structures), tuple(found.values)


def structures_of(template: Template) -> tuple[Structure, ...]:
    """Return the properties of each resource, and the structures inside them."""
    return _given(template)[0]


def values_given_in(template: Template) -> tuple[Given, ...]:
    """Return every value that a property of a resource can have."""
    return _given(template)[1]


class _Found:
    """All that a template gives, structures before what they hold."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.budget = Budget.for_lines(len(template.lines))
        self.structures: list[Structure] = []
        self.values: list[Given] = []

    def resource(self, of: ResourceType, key: Node, fields: dict[str, Node]) -> None:
        condition = scalar(fields.get("Condition"))
        branch = Branch({condition: True} if condition else {})
        properties = fields.get("Properties")
        if properties is None:
            self.structures.append(Structure(of, "", of.properties, {}, key, branch))
            return
        for value in values_of(properties, self.template, branch, self.budget):
            if isinstance(value.node, MappingNode):
                self.structure(of, value.node, of.properties, "", key, value.branch)

    def structure(
        self, of: ResourceType, node: Node, properties: dict[str, Property], path: str, place: Node, branch: Branch
    ) -> None:
        given = {str(key.value): (key, value) for key, value in pairs(node)}
        if _MERGE in given or path.count(".") > _DEEPEST:
            return  # what an anchor brings in is not written here
        self.structures.append(Structure(of, path, properties, given, place, branch))
        for name, (_, value) in given.items():
            if name in properties:
                self.value(of, value, properties[name], f"{path}.{name}" if path else name, branch)

    def value(self, of: ResourceType, node: Node, taken: Property, path: str, branch: Branch) -> None:
        if taken.kind == "any" and not taken.allowed:
            return
        for value in values_of(node, self.template, branch, self.budget):
            self.values.append(Given(taken, path, node, value))
            if taken.kind == "structure" and isinstance(value.node, MappingNode):
                inner = of.structures[taken.structure or ""]
                self.structure(of, value.node, inner, path, value.node, value.branch)
            elif taken.items is not None and isinstance(value.node, SequenceNode):
                for index, item in enumerate(value.node.value):
                    self.value(of, item, taken.items, f"{path}[{index}]", value.branch)
