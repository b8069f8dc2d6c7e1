"""Evaluate the resources, and put them in the order of their creation."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from nestforge.evaluate.arguments import integer_of
from nestforge.evaluate.data import NUMBER, Unknown
from nestforge.evaluate.evaluation import Resource
from nestforge.evaluate.fault import Fault, Kind
from nestforge.evaluate.function import Place
from nestforge.evaluate.order import in_order
from nestforge.evaluate.shape import shape_of
from nestforge.evaluate.shown import quoted, shown_text
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import entries, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.evaluate.evaluator import Evaluator
    from nestforge.evaluate.names import Names
    from nestforge.evaluate.value import Value
    from nestforge.model.diagnostic import Span

MOST_RESOURCES = 300
"""Resources of a stack, by ROS."""


class At(Protocol):
    """Makes the evaluator of a place."""

    def __call__(self, place: Place, index: int | Unknown | None = None) -> Evaluator:
        """Return a fresh one."""


def evaluate_resources(names: Names, at: At) -> tuple[dict[str, Resource], dict[str, str]]:
    """Return the resources in order, and those that are left out with the condition that says so."""
    template = names.template
    left_out: dict[str, str] = {}
    for name, node in template.resources.items():
        condition = entries(node).get("Condition")
        wanted = scalar(condition)
        if condition is not None and wanted is None:
            fault = Fault(f"the condition of '{name}' is no name", kind=Kind.MALFORMED_SECTION)
            names.findings.add(fault, template.span(condition))
        elif condition is not None and wanted is not None and _is_false(wanted, condition, at(Place.RESOURCES)):
            names.created[name] = False
            left_out[name] = wanted
    for name, node in template.resources.items():
        count = entries(node).get("Count")
        if count is not None and name not in left_out:
            names.counts[name] = _count(count, at(Place.COUNT))
    made: dict[str, Resource] = {}
    for name, node in template.resources.items():
        if name not in left_out:
            made |= {resource.name: resource for resource in _instances(name, node, names, at)}
    return _ordered(made, names), left_out


def _is_false(condition: str, node: Node, scope: Evaluator) -> bool:
    try:
        return scope.condition(condition).data is False
    except Fault as fault:
        scope.faulty(node, fault)
        return False


def _count(node: Node, scope: Evaluator) -> int | None:
    try:
        data = scope.value_of(node).data
        return None if isinstance(data, Unknown) else integer_of(data, "the count", 0, MOST_RESOURCES)
    except Fault as fault:
        scope.faulty(node, fault)
        return None


def _instances(name: str, node: Node, names: Names, at: At) -> Iterator[Resource]:
    count = names.counts.get(name)
    span = names.template.span_of_key("Resources", name)
    if name not in names.counts:
        yield _resource(name, node, span, at(Place.RESOURCES))
    elif count is None:
        yield _resource(name, node, span, at(Place.RESOURCES, Unknown(NUMBER, "ALIYUN::Index")))
    else:
        for index in range(count):
            yield _resource(f"{name}[{index}]", node, span, at(Place.RESOURCES, index))


def _resource(name: str, node: Node, span: Span, scope: Evaluator) -> Resource:
    parts = entries(node)
    type_ = scalar(parts.get("Type"))
    if not type_:
        scope.faulty(node, Fault(f"resource '{name}' has no Type", kind=Kind.MALFORMED_SECTION))
    properties: dict[str, Value] = {}
    given = parts.get("Properties")
    scope.shape = shape_of(type_ or "")
    try:
        content = scope.value_of(given).content if given is not None else None
        if isinstance(content, dict):
            properties = content
        elif content is not None and not isinstance(content, Unknown):
            raise Fault(f"the properties of '{name}' are no map", kind=Kind.MALFORMED_SECTION)
    except Fault as fault:
        scope.faulty(given or node, fault)
    scope.shape = None
    _add_dependencies(name, parts.get("DependsOn"), scope)
    condition = scalar(parts.get("Condition"))
    known = scope.names.conditions.get(condition) if condition is not None else None
    certain = known is None or not isinstance(known.data, Unknown)
    retained = _is_retained(parts.get("DeletionPolicy"), scope)
    return Resource(name, type_ or "", properties, tuple(scope.needed), condition, certain, retained, span)


def _is_retained(node: Node | None, scope: Evaluator) -> bool:
    """Return whether `DeletionPolicy` says so: it is a word, or the value of a parameter."""
    if node is None:
        return False
    try:
        return scope.value_of(node).data == "Retain"
    except Fault as fault:
        scope.faulty(node, fault)
        return False


def _add_dependencies(name: str, node: Node | None, scope: Evaluator) -> None:
    """Add what `DependsOn` names to what the resource needs: one name or a list; nothing is nothing."""
    if node is None:
        return
    try:
        data = scope.value_of(node).data
    except Fault as fault:
        scope.faulty(node, fault)
        return
    template = scope.template
    for target in data if isinstance(data, list) else [data]:
        if target is None or target == "" or isinstance(target, Unknown):
            continue
        if isinstance(target, str) and (template.has_resource(target) or template.has_transform):
            scope.needed[target] = None
            try:
                scope.names.check_count(target)
            except Fault as fault:
                scope.faulty(node, fault)
            continue
        hint = did_you_mean(shown_text(target), template.resources) if isinstance(target, str) else None
        scope.faulty(
            node, Fault(f"'{name}' depends on {quoted(target)}, which is no resource", hint, Kind.UNDEFINED_NAME)
        )


def _ordered(made: dict[str, Resource], names: Names) -> dict[str, Resource]:
    """Return the resources each after those that it needs; all of a Count where the name is that of all."""
    instances: dict[str, list[str]] = {}
    for name in made:
        instances.setdefault(name.partition("[")[0], []).append(name)
    needs = {
        name: [
            other for needed in resource.needs for other in ([needed] if needed in made else instances.get(needed, []))
        ]
        for name, resource in made.items()
    }
    ordered, cycle = in_order(needs)
    if cycle:
        span = made[cycle[0]].span
        fault = Fault(f"resources depend on themselves: {' -> '.join(cycle)}", "take one reference away", Kind.CYCLE)
        names.findings.add(fault, span)
    return {name: replace(made[name], needs=tuple(dict.fromkeys(needs[name]))) for name in ordered}
