"""What a template gives to its resources, beside what the resource spec says about it."""

from __future__ import annotations

from functools import lru_cache

from nestforge.lint.budget import Budget
from nestforge.lint.conditions import choices_of, mappings_for
from nestforge.lint.values import Branch, Value, values_of
from nestforge.model.named_tuple import NamedTuple
from nestforge.rosspec.spec import bundled
from nestforge.sources.libyaml import MappingNode, ScalarNode, SequenceNode
from nestforge.sources.nodes import entries, key_text, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    required: tuple[str, ...]
    given: dict[str, tuple[Node, Node]]
    place: Node
    branch: Branch

    @property
    def where(self) -> str:
        """` in DiskMappings[0]`, or nothing for the resource itself."""
        return f" in {self.path}" if self.path else ""


class Unlisted(NamedTuple):
    """A property that is given, and that no current page of the manual lists; `key` is where its name stands."""

    type: str
    name: str
    key: Node
    of: Property


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


@lru_cache(maxsize=1)  # each rule asks for those of the same template
def _given(template: Template) -> _Found:
    whole = _Found(template, Budget.for_lines(len(template.lines)))
    for of, key, resource in _described(template):
        if template.memory is None:
            whole.resource(of, key, resource)
        else:
            mappings = mappings_for(template.calls_of(resource), template)
            same = key, resource, choices_of(template), *mappings
            whole.add(template.memory.recall(same, _given_to, template, whole.budget.left, of, key, resource))
    if template.memory is not None and whole.budget.left < 0:
        template.memory.is_spoilt = True
    return whole


def _described(template: Template) -> Iterator[tuple[ResourceType, Node, Node]]:
    """Yield the resources and local data sources of which the spec has the properties: type, key, resource."""
    for section in ("Resources", "Locals"):
        for key, resource in template.looked_at(section):
            kind = scalar(entries(resource).get("Type")) or ""
            found = bundled().type(kind) if "::" in kind else None
            if found is not None and found.described:
                yield found, key, resource


def _given_to(template: Template, left: int, of: ResourceType, key: Node, resource: Node) -> _Found:
    found = _Found(template, Budget(left))
    found.resource(of, key, resource)
    found.spent = left - found.budget.left
    return found


def structures_of(template: Template) -> Sequence[Structure]:
    """Return the properties of each resource, and the structures inside them."""
    return _given(template).structures


def unlisted_in(template: Template) -> Sequence[Unlisted]:
    """Return the properties that are given and have another status than `current`."""
    return _given(template).unlisted


def values_given_in(template: Template) -> Sequence[Given]:
    """Return every value that a property of a resource can have."""
    return _given(template).values


class _Found:
    """All that a template gives, structures before what they hold; `spent` is what it took of the budget."""

    def __init__(self, template: Template, budget: Budget) -> None:
        self.template = template
        self.budget = budget
        self.spent = 0
        self.structures: list[Structure] = []
        self.unlisted: list[Unlisted] = []
        self.values: list[Given] = []

    def add(self, part: _Found) -> None:
        """Take in what one resource is given."""
        self.structures += part.structures
        self.unlisted += part.unlisted
        self.values += part.values
        self.budget.left -= part.spent

    def resource(self, of: ResourceType, key: Node, resource: Node) -> None:
        """Take in what a resource is given, whose name is `key`."""
        fields = entries(resource)
        condition = scalar(fields.get("Condition"))
        branch = Branch({condition: True} if condition else {})
        properties = fields.get("Properties")
        if properties is None:
            self.structures.append(Structure(of, "", of.properties, bundled().required_of(of.name), {}, key, branch))
            return
        for value in values_of(properties, self.template, branch, self.budget):
            if isinstance(value.node, MappingNode):
                self.structure(of, "", value.node, "", key, value.branch)

    def structure(self, of: ResourceType, name: str, node: MappingNode, path: str, place: Node, branch: Branch) -> None:
        """Take in the resource's properties, or those of the structure `name` inside it."""
        given = {key_text(key): (key, value) for key, value in node.value}
        if _MERGE in given or path.count(".") > _DEEPEST:
            return  # what an anchor brings in is not written here
        properties = of.structures[name] if name else of.properties
        required = bundled().required_of(of.name, name)
        self.structures.append(Structure(of, path, properties, required, given, place, branch))
        for written, (key, value) in given.items():
            taken = properties.get(written)
            if taken is None:
                continue
            if taken.status != "current":
                self.unlisted.append(Unlisted(of.name, written, key, taken))
            self.value(of, value, taken, f"{path}.{written}" if path else written, branch)

    def value(self, of: ResourceType, node: Node, taken: Property, path: str, branch: Branch) -> None:
        if taken.kind == "any" and not taken.allowed:
            return
        if node.__class__ is ScalarNode and node.tag[:1] != "!":  # as most are
            if self.budget.spend():
                self.values.append(Given(taken, path, node, Value(node, None, branch)))
            return
        for value in values_of(node, self.template, branch, self.budget):
            self.values.append(Given(taken, path, node, value))
            if taken.kind == "structure" and isinstance(value.node, MappingNode):
                self.structure(of, taken.structure or "", value.node, path, value.node, value.branch)
            elif taken.items is not None and isinstance(value.node, SequenceNode):
                for index, item in enumerate(value.node.value):
                    self.value(of, item, taken.items, f"{path}[{index}]", value.branch)
