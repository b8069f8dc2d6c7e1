"""Evaluate nodes: what is written, and what the functions in it make of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from nestforge.evaluate.arguments import check_length
from nestforge.evaluate.data import (
    ANY,
    BOOLEAN,
    DEEPEST,
    NoValue,
    SecretBoolean,
    Unknown,
    conceal,
    first_unknown,
    has_secret,
    leaves,
)
from nestforge.evaluate.fault import Fault, Kind
from nestforge.evaluate.function import Place, Plain
from nestforge.evaluate.functions.table import FUNCTIONS
from nestforge.evaluate.shown import quoted
from nestforge.evaluate.value import Origin, Value, made_of
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.libyaml import MappingNode, ScalarNode, SequenceNode
from nestforge.sources.nodes import entries, function_of, items, scalar, text
from nestforge.sources.yaml_scalar import scalar_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.evaluate.data import Data
    from nestforge.evaluate.findings import Findings
    from nestforge.evaluate.names import Names
    from nestforge.evaluate.shape import Shape
    from nestforge.sources.template import Template

MOST_FUNCTIONS = 20
"""Levels of functions inside functions, by ROS."""

MOST_NODES = 300_000
"""Values of one evaluation. A template of 512 KiB has less than 100,000; aliases and counts can make any number."""

_MERGE = "tag:yaml.org,2002:merge"
_FOREIGN = "ROSTemplateFormatVersion"


@dataclass
class Work:
    """How much has been evaluated so far, and how deep in the evaluation is."""

    nodes: int = 0
    depth: int = 0
    functions: int = 0


@dataclass
class Evaluator:
    """The functions of one place: a resource, the outputs, a condition. It is the `Scope` that functions see.

    `needed` collects the resources that the values refer to. `shape` is that of the map which is evaluated next,
    where it is one of a resource.
    """

    template: Template
    names: Names
    findings: Findings
    work: Work
    place: Place = Place.RESOURCES
    index: int | Unknown | None = None
    needed: dict[str, None] = field(default_factory=dict)
    shape: Shape | None = None

    def value_of(self, node: Node) -> Value:
        """Evaluate a node and all below."""
        self._enter()
        try:
            called = function_of(node)
            if called is not None:
                return self._call(*called, node)
            return self._written(node, functions=True)
        finally:
            self.work.depth -= 1

    def literal(self, node: Node) -> Value:
        """Return what is written, with no function called."""
        self._enter()
        try:
            return self._written(node, functions=False)
        finally:
            self.work.depth -= 1

    def truth_of(self, node: Node) -> Value:
        """Evaluate a condition: its name, `{Condition: name}`, or a function that returns a boolean."""
        named = entries(node).get("Condition")
        name = text(named) if named is not None else text(node) if not node.tag.startswith("!") else None
        value = self.condition(name) if name is not None else self.value_of(node)
        data = value.data
        if isinstance(data, SecretBoolean) or data in ("true", "false"):
            return Value(data not in ("false", 0), value.origin)
        if isinstance(data, Unknown):
            return Value(Unknown(BOOLEAN, data.of, faulty=data.faulty), value.origin)
        if not isinstance(data, bool):
            raise Fault(f"expected a condition, not {quoted(data)}")
        return value

    def condition(self, name: str) -> Value:
        """Return the value of a condition by name."""
        return self.names.condition(name)

    def reference(self, name: str, node: Node) -> Value:
        """Return what `Ref` of a name is."""
        return self.names.reference(name, node, self, with_locals=True)

    def variable(self, name: str, node: Node) -> Value:
        """Return what `Fn::Sub` puts for a name."""
        if "." in name:
            resource, attribute = self.template.attribute_in(name)
            return self.attribute(resource, attribute, node)
        return self.names.reference(name, node, self, with_locals=False)

    def attribute(self, resource: str, attribute: str, node: Node) -> Value:
        """Return an attribute of a resource."""
        return self.names.attribute(resource, attribute, node, self)

    def warn(self, node: Node, fault: Fault) -> None:
        """Note what ROS takes, and what is probably meant in another way."""
        self.findings.add(fault, self.template.span(node), "warning")

    def faulty(self, node: Node, fault: Fault) -> Value:
        """Note what is wrong, and return what stands in its place."""
        span = self.template.span(node)
        self.findings.add(fault, span)
        return Value(Unknown(ANY, f"line {span.line}", faulty=True), Origin(span))

    def _enter(self) -> None:
        work = self.work
        if work.depth >= DEEPEST:
            raise Fault(f"nested more than {DEEPEST} levels deep", kind=Kind.TOO_DEEP)
        work.nodes += 1
        self._check_work()
        work.depth += 1

    def _call(self, name: str, argument: Node, node: Node) -> Value:
        work, shape = self.work, self.shape
        work.functions += 1
        if name != "Fn::If":
            self.shape = None
        try:
            if work.functions > MOST_FUNCTIONS:
                raise Fault(f"more than {MOST_FUNCTIONS} functions inside each other", kind=Kind.TOO_DEEP)
            return self._result(name, argument, node)
        except Fault as fault:
            if fault.kind in (Kind.TOO_LARGE, Kind.TOO_DEEP) and work.functions > 1:
                raise  # what is around it is no better
            message = f"{name}: {fault.message}" if fault.kind is Kind.WRONG_ARGUMENT else fault.message
            return self.faulty(node, Fault(message, fault.help, fault.kind))
        finally:
            work.functions -= 1
            self.shape = shape

    def _result(self, name: str, argument: Node, node: Node) -> Value:
        function = FUNCTIONS.get(name)
        if function is None:
            raise Fault(f"ROS has no function {name}", did_you_mean(name, FUNCTIONS), Kind.UNKNOWN_FUNCTION)
        if self.place not in function.places:
            where = ", ".join(place.value for place in function.places)
            message = f"{name} cannot be used in {self.place.value}"
            raise Fault(message, f"it can be used in {where}", Kind.MISPLACED_FUNCTION)
        if not isinstance(function, Plain):
            return function.run(argument, self)
        given = self.value_of(argument)
        data = given.data
        self._charge(data)
        result = _run(function, data)
        self._charge(result)
        return made_of(result, Origin(self.template.span(node)).after(*given.steps))

    def _charge(self, data: Data) -> None:
        """Count a value that was not written node by node."""
        for leaf in leaves(data):
            self.work.nodes += 1 + len(leaf) // 100 if isinstance(leaf, str) else 1
        self._check_work()

    def _check_work(self) -> None:
        if self.work.nodes > MOST_NODES:
            raise Fault(f"the template makes more than {MOST_NODES:,} values", kind=Kind.TOO_LARGE)

    def _written(self, node: Node, *, functions: bool) -> Value:
        origin = Origin(self.template.span(node))
        if isinstance(node, ScalarNode):
            return Value(scalar_value(node), origin)
        if isinstance(node, SequenceNode):
            listed: list[Value] = []
            for item in node.value:
                value = self.value_of(item) if functions else self.literal(item)
                if not _is_left_out(value.content):
                    listed.append(value)
            return Value(listed, origin)
        own = entries(node)
        functions = functions and _FOREIGN not in own  # a template inside a template has names of its own
        found: dict[str, Value] = {}
        shape = self.shape
        for key, item in node.value if isinstance(node, MappingNode) else ():
            name = scalar(key) or _plain_key(key)
            inside = None if key.tag == _MERGE else shape
            value = self._entry(name, item, inside) if functions else self.literal(item)
            if key.tag == _MERGE:
                for merged in [value, *(value.content if isinstance(value.content, list) else ())]:
                    if isinstance(merged.content, dict):
                        found = merged.content | found
            elif not _is_left_out(value.content):
                found[name] = value
        return Value(found, origin)

    def _entry(self, name: str, item: Node, shape: Shape | None) -> Value:
        """Evaluate an entry of a map; a required property of a resource is never left out."""
        if shape is None:
            return self.value_of(item)
        self.shape = shape.inside(name)
        value = self.value_of(item)
        self.shape = shape
        return made_of(shape.without(name), value.origin) if _is_left_out(value.content) else value


def _run(function: Plain, data: Data) -> Data:
    unknown = data if isinstance(data, Unknown) else None if function.exact else first_unknown(data)
    if unknown is not None:
        return Unknown(function.returns, unknown.of, (), unknown.faulty)
    result = function.run(data)
    if isinstance(result, str):
        check_length(len(result))
    if function.tracks_secrets or isinstance(result, bool) or not has_secret(data):
        return result
    return conceal(result)


def _plain_key(key: Node) -> str:
    """Return a key that is no scalar as text: JSON has no such keys."""
    return ", ".join(scalar(item) or "" for item in items(key))


def _is_left_out(content: object) -> bool:
    return isinstance(content, NoValue)
