"""Every value that something in a template can have, through choices, mappings and parameters."""

from __future__ import annotations

from nestforge.lint.attributes import is_list
from nestforge.lint.conditions import are_possible
from nestforge.lint.kinds import BOOLEAN, NUMBER, TEXT
from nestforge.lint.signatures import SCALAR, SIGNATURES
from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern
from nestforge.sources.libyaml import MappingNode, ScalarNode
from nestforge.sources.nodes import entries, function_of, items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from yaml.nodes import Node

    from nestforge.lint.budget import Budget
    from nestforge.sources.template import Template

NO_VALUE = "ALIYUN::NoValue"

_WHOLE = pattern(r"\s*-?\d{1,9}\s*")

DEEPEST = 20
"""Functions inside each other: ROS itself takes no more."""

_MAKES_JSON = frozenset({"Fn::Replace", "Fn::GetJsonValue"})
"""Functions whose text published templates give to properties that take a map: ROS reads it as JSON."""

PARAMETER_KINDS = {"String": TEXT, "Number": NUMBER, "Boolean": BOOLEAN, "CommaDelimitedList": "list"}
"""What a Ref of a parameter is; Json may be a list or a map."""


class Branch(NamedTuple):
    """What is decided: the conditions that hold or not, the values of parameters, and how to say so."""

    conditions: Mapping[str, bool] = {}
    parameters: Mapping[str, str] = {}
    choice: tuple[str, ...] = ()

    def where(self, condition: str, holds: bool) -> Branch:
        """Return the branch in which a condition holds, or does not."""
        said = f"where condition '{condition}' is {'true' if holds else 'false'}"
        return Branch({**self.conditions, condition: holds}, self.parameters, (*self.choice, said))

    def when(self, parameter: str, value: str, said: str) -> Branch:
        """Return the branch in which a parameter has a value."""
        return Branch(self.conditions, {**self.parameters, parameter: value}, (*self.choice, said))

    def is_possible(self, template: Template) -> bool:
        """Return whether no condition contradicts what is decided."""
        return are_possible(self.conditions, template, self.parameters)


class Value(NamedTuple):
    """A value: a literal `node`, or what is known of the kind of a value that is not (None: nothing)."""

    node: Node | None
    kind: str | None
    branch: Branch


def values_of(node: Node, template: Template, branch: Branch, budget: Budget) -> Iterable[Value]:
    """Return the values of `node` in the branches that are possible; nothing for what is left out."""
    if not budget.spend():
        return ()
    called = function_of(node)
    if called is None:
        return (Value(node, None, branch),)
    return _results(*called, template, branch, budget) if len(branch.choice) <= DEEPEST else ()


def _results(function: str, argument: Node, template: Template, branch: Branch, budget: Budget) -> Iterator[Value]:
    given = items(argument)
    if function == "Fn::If" and len(given) == 3:
        yield from _chosen(given, template, branch, budget)
    elif function == "Fn::FindInMap" and len(given) == 3:
        yield from _looked_up(given, template, branch, budget)
    elif function == "Fn::Select" and len(given) > 1:
        yield from _selected(given, template, branch, budget)
    elif function == "Ref" and (name := scalar(argument)) is not None:
        if name != NO_VALUE:
            yield from _referred(name, template, branch, budget)
    elif function == "Fn::GetAtt":
        resource = scalar((items(argument) or [argument])[0]) or ""
        copies = _has_copies(resource if items(argument) else template.attribute_in(resource)[0], template)
        yield Value(None, "list" if copies or is_list(argument, template) else None, branch)
    else:
        signature = SIGNATURES.get(function) if function not in _MAKES_JSON else None
        kind = signature.returns if signature is not None else None
        yield Value(None, TEXT if kind in SCALAR else kind, branch)


def _chosen(given: list[Node], template: Template, branch: Branch, budget: Budget) -> Iterator[Value]:
    condition = scalar(given[0])
    if condition is None:
        yield Value(None, None, branch)
        return
    for holds, node in ((True, given[1]), (False, given[2])):
        taken = branch.where(condition, holds)
        if branch.conditions.get(condition, holds) == holds and taken.is_possible(template):
            yield from values_of(node, template, taken, budget)


def _selected(given: list[Node], template: Template, branch: Branch, budget: Budget) -> Iterator[Value]:
    """Yield what an index that is written out takes: an entry of a list or a map, or a text of a list of texts."""
    index = scalar(given[0]) if function_of(given[0]) is None else None
    for collection in values_of(given[1], template, branch, budget):
        entry = _entry_at(index, collection.node) if index is not None else None
        if entry is not None:
            yield from values_of(entry, template, collection.branch, budget)
        else:
            is_one = index is not None and _WHOLE.fullmatch(index) and _holds_texts(given[1], template)
            yield Value(None, TEXT if is_one else None, collection.branch)


def _entry_at(index: str, collection: Node | None) -> Node | None:
    if isinstance(collection, MappingNode):
        return entries(collection).get(index)
    listed = items(collection)
    if not _WHOLE.fullmatch(index) or not -len(listed) <= int(index) < len(listed):
        return None
    return listed[int(index)]


def _holds_texts(collection: Node, template: Template) -> bool:
    """Return whether a list is what `Fn::Split` makes, or what a buyer enters with commas."""
    function, argument = function_of(collection) or ("", collection)
    if function == "Ref":
        attributes = entries(template.parameters.get(scalar(argument) or ""))
        return scalar(attributes.get("Type")) == "CommaDelimitedList"
    return function == "Fn::Split"


def _looked_up(given: list[Node], template: Template, branch: Branch, budget: Budget) -> Iterator[Value]:
    mapping, column = scalar(given[0]) or "", scalar(given[2])
    rows = entries(template.mappings.get(mapping))
    if not rows or column is None:
        yield Value(None, None, branch)
        return
    for key, taken in _keys(given[1], rows, template, branch, budget):
        cell = entries(rows.get(key)).get(column)
        if cell is not None:
            said = f"for '{key}' in mapping '{mapping}'"
            found = Branch(taken.conditions, taken.parameters, (*branch.choice, said))
            yield from values_of(cell, template, found, budget)


def _keys(
    node: Node, rows: dict[str, Node], template: Template, branch: Branch, budget: Budget
) -> Iterator[tuple[str, Branch]]:
    """Yield the rows that a lookup can choose; all where something else than a parameter decides."""
    called = function_of(node)
    if called is None:
        yield scalar(node) or "", branch
        return
    function, argument = called
    chosen: list[Value] = []
    name = scalar(argument) or ""
    if function == "Ref" and "AllowedValues" in entries(template.parameters.get(name)):
        chosen = list(_referred(name, template, branch, budget))
    named = [(scalar(value.node), value.branch) for value in chosen]
    if not named or any(key is None for key, _ in named):
        yield from ((key, branch) for key in rows)
    else:
        yield from ((key, taken) for key, taken in named if key is not None)


def _referred(name: str, template: Template, branch: Branch, budget: Budget) -> Iterator[Value]:
    if name not in template.parameters and _has_copies(name, template):
        yield Value(None, "list", branch)
        return
    attributes = entries(template.parameters.get(name))
    kind = scalar(attributes.get("Type")) or ""
    open_value = Value(None, PARAMETER_KINDS.get(kind), branch)
    allowed = items(attributes.get("AllowedValues"))
    default = attributes.get("Default")
    if PARAMETER_KINDS.get(kind) not in SCALAR:
        yield open_value
    elif allowed or default is not None:
        candidates: list[Node | None] = [*allowed] or [default]
        for node in candidates:
            yield from _valued(name, node, bool(allowed), template, branch, budget)
    else:
        yield open_value


def _has_copies(resource: str, template: Template) -> bool:
    """Return whether the resource has a Count, so that its name without an index stands for a list."""
    return resource not in template.locals and "Count" in entries(template.resources.get(resource))


def _valued(
    name: str, node: Node | None, chosen: bool, template: Template, branch: Branch, budget: Budget
) -> Iterator[Value]:
    if not isinstance(node, ScalarNode) or branch.parameters.get(name, node.value) != node.value:
        return
    value = str(node.value)
    said = f"when parameter '{name}' is '{value}'" if chosen else f"by the default of parameter '{name}'"
    taken = branch if name in branch.parameters else branch.when(name, value, said)
    if budget.spend() and taken.is_possible(template):
        yield Value(node, None, taken)
