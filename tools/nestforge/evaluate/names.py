"""What names stand for: parameters, pseudo parameters, locals, conditions, resources."""

from __future__ import annotations

import re
from dataclasses import replace

from nestforge.evaluate.attribute_types import attribute_type
from nestforge.evaluate.data import ANY, LIST, NO_VALUE, NUMBER, STRING, Unknown
from nestforge.evaluate.fault import Fault, Kind
from nestforge.evaluate.function import Place
from nestforge.evaluate.shown import quoted, shown_text
from nestforge.evaluate.value import Origin, Value, made_of
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import entries, scalar
from nestforge.sources.template import PSEUDO_PARAMETERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml.nodes import Node

    from nestforge.evaluate.evaluator import Evaluator
    from nestforge.evaluate.findings import Findings
    from nestforge.evaluate.made import Made
    from nestforge.evaluate.value import Content
    from nestforge.sources.template import Template

MOST_LOCALS = 5
"""Levels of locals that refer to each other, by ROS."""


_NUMBER = re.compile(r"[0-9]{1,6}")


class ConditionNeeded(Exception):
    """A condition is asked for that is not evaluated yet."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Names:
    """The names of one template.

    `conditions`, `counts` and `created` are filled in as the evaluation gets there. A count of None is
    not known; a resource without one has no entry. `made` holds what is known of resources that exist.
    """

    def __init__(
        self,
        template: Template,
        findings: Findings,
        parameters: Mapping[str, Value],
        pseudo: Mapping[str, str],
        made: Mapping[str, Made],
    ) -> None:
        self.template = template
        self.findings = findings
        self.parameters = parameters
        self.pseudo = pseudo
        self.made = made
        self.conditions: dict[str, Value] = {}
        self.counts: dict[str, int | None] = {}
        self.created: dict[str, bool] = {}
        self._locals: list[str] = []

    def condition(self, name: str) -> Value:
        """Return a condition; raises ConditionNeeded where it is not evaluated yet."""
        if name in self.conditions:
            return self.conditions[name]
        if name not in self.template.conditions:
            hint = did_you_mean(name, self.template.conditions)
            raise Fault(f"there is no condition '{name}'", hint, Kind.UNDEFINED_CONDITION)
        raise ConditionNeeded(name)

    def reference(self, name: str, node: Node, scope: Evaluator, *, with_locals: bool) -> Value:
        """Return what a name stands for in a place."""
        origin = Origin(self.template.span(node))
        if name in self.parameters:
            value = self.parameters[name]
            return Value(value.content, origin.after(*value.origin.through))
        if scope.place in (Place.RULES, Place.LOCALS) and self._is_forbidden(name, scope.place):
            raise Fault(f"{quoted(name)} cannot be used in {scope.place.value}", kind=Kind.MISPLACED_FUNCTION)
        if name in PSEUDO_PARAMETERS:
            return Value(self._pseudo(name, scope), origin.after(name))
        if name in self.template.locals:
            if not with_locals:
                message = f"Fn::Sub does not know the local '{name}' by itself"
                raise Fault(message, f"give it in the map: {name}: {{Ref: {name}}}", Kind.UNDEFINED_NAME)
            return self._local(name, node, scope)
        if self._is_elsewhere(name):
            return Value(Unknown(ANY, name), origin)
        if not self.template.has_resource(name):
            known = [*self.parameters, *PSEUDO_PARAMETERS, *self.template.locals, *self.template.resources]
            raise Fault(f"nothing is called {quoted(name)}", did_you_mean(shown_text(name), known), Kind.UNDEFINED_NAME)
        _refuse_before_creation(name, scope)
        return Value(self._of_resource(name, None, STRING, node, scope), origin.after(f"resource {shown_text(name)}"))

    def attribute(self, resource: str, attribute: str, node: Node, scope: Evaluator) -> Value:
        """Return an attribute of a resource, or of a local that is a data source."""
        origin = Origin(self.template.span(node)).after(f"resource {shown_text(resource)}")
        if resource in self.template.locals or self._is_elsewhere(resource):
            return Value(Unknown(ANY, f"{shown_text(resource)}.{shown_text(attribute)}"), origin)
        if not self.template.has_resource(resource):
            hint = did_you_mean(shown_text(resource), [*self.template.resources, *self.template.locals])
            raise Fault(f"no resource is called {quoted(resource)}", hint, Kind.UNDEFINED_NAME)
        _refuse_before_creation(resource, scope)
        type_ = attribute_type(self.template.type_of(resource.partition("[")[0]), attribute)
        return Value(self._of_resource(resource, attribute, type_, node, scope), origin)

    def check_count(self, name: str) -> None:
        """Refuse `Web[2]` where the count of `Web` is 2 or less."""
        base, bracket, number = name.partition("[")
        count = self.counts.get(base)
        place = number.removesuffix("]")
        if bracket and count is not None and not (_NUMBER.fullmatch(place) and int(place) < count):
            raise Fault(f"there is no {quoted(name)}: its count is {count}", kind=Kind.UNDEFINED_NAME)

    def _is_forbidden(self, name: str, place: Place) -> bool:
        """Return whether ROS refuses the name here: locals in rules, the stack's id in locals that it evaluates."""
        return name in self.template.locals if place is Place.RULES else name == "ALIYUN::StackId"

    def _of_resource(self, name: str, attribute: str | None, type_: str, node: Node, scope: Evaluator) -> Content:
        """Return an attribute, or the resource's id where none is named."""
        base, bracket, _ = name.partition("[")
        if not self.created.get(base, True):
            condition = scalar(entries(self.template.resources[base]).get("Condition"))
            fault = Fault(
                f"'{base}' is not created: condition '{condition}' is false",
                "refer to it under the same condition",
                Kind.NOT_CREATED,
            )
            self.findings.add(fault, self.template.span(node), "warning")
            return None
        scope.needed[name] = None
        origin = Origin(self.template.span(node))
        if base not in self.counts:
            return self._made(name, attribute, type_, origin)
        count = self.counts[base]
        if bracket:
            self.check_count(name)
            return self._made(name, attribute, type_, origin)
        if count is None:
            return Unknown(LIST, _path(name, attribute))
        return [Value(self._made(f"{name}[{place}]", attribute, type_, origin), origin) for place in range(count)]

    def _made(self, name: str, attribute: str | None, type_: str, origin: Origin) -> Content:
        """Return what is known of one resource: of one that does not exist yet, only the type of its answer."""
        made = self.made.get(name)
        if made is not None and attribute is None:
            return made.physical_id
        if made is not None and attribute is not None and attribute in made.attributes:
            return made_of(made.attributes[attribute], origin).content
        return Unknown(type_, _path(name, attribute))

    def _pseudo(self, name: str, scope: Evaluator) -> Content:
        if name == "ALIYUN::NoValue":
            return NO_VALUE
        if name == "ALIYUN::Index":
            if scope.index is None:
                raise Fault("ALIYUN::Index is for resources with a Count", kind=Kind.MISPLACED_FUNCTION)
            return scope.index if isinstance(scope.index, int) else Unknown(NUMBER, name)
        return self.pseudo.get(name) or Unknown(STRING, name)

    def _local(self, name: str, node: Node, scope: Evaluator) -> Value:
        local = entries(self.template.locals[name])
        type_ = scalar(local.get("Type")) or "Macro"
        if type_.startswith("DATASOURCE::"):
            return Value(Unknown(ANY, name), Origin(self.template.span(node)))
        if name in self._locals:
            raise Fault(f"the local '{name}' refers to itself", kind=Kind.CYCLE)
        if len(self._locals) >= MOST_LOCALS:
            raise Fault(f"more than {MOST_LOCALS} locals that refer to each other", kind=Kind.TOO_DEEP)
        if "Value" not in local:
            raise Fault(f"the local '{name}' has no Value", kind=Kind.MALFORMED_SECTION)
        if type_ == "Eval":  # on its own, before there are resources, with all functions
            scope = replace(scope, place=Place.LOCALS, index=None)
        self._locals.append(name)
        around, scope.work.functions = scope.work.functions, 0  # the limit is for what is written in one place
        try:
            value = scope.value_of(local["Value"])
        finally:
            scope.work.functions = around
            self._locals.pop()
        return Value(value.content, value.origin.after(f"local {name}"))

    def _is_elsewhere(self, name: str) -> bool:
        """Return whether a transform or a module has the name, of which the template shows nothing."""
        if self.template.has_transform:
            return not self.template.has_resource(name)
        module = name.partition(".")[0]
        return module != name and (self.template.type_of(module) or "").startswith("MODULE::")


def _path(name: str, attribute: str | None) -> str:
    return name if attribute is None else f"{name}.{shown_text(attribute)}"


def _refuse_before_creation(resource: str, scope: Evaluator) -> None:
    if scope.place is not Place.RESOURCES:
        message = f"'{resource}' is a resource: there is none yet in {scope.place.value}"
        raise Fault(message, "refer to a parameter", Kind.MISPLACED_FUNCTION)
