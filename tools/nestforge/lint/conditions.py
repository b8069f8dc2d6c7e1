"""What conditions come to when some parameters are known, and whether they can come to it together."""

from __future__ import annotations

from functools import lru_cache

from nestforge.lint.budget import Budget
from nestforge.lint.scalars import same
from nestforge.sources.libyaml import ScalarNode
from nestforge.sources.nodes import entries, function_of, items, pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yaml.nodes import Node

    from nestforge.sources.calls import Call
    from nestforge.sources.template import Template

_DEEPEST = 20
"""Functions inside each other, through named conditions as well: ROS itself takes no more."""
_BOOLEAN, _TRUE = "tag:yaml.org,2002:bool", ("true", "yes", "on")
_SCALARS = ("String", "Number", "Boolean")

_MOST_TRIED = 200
"""Assignments that are tried for one question; a harder one is taken for possible."""


def are_possible(conditions: Mapping[str, bool], template: Template, parameters: Mapping[str, str]) -> bool:
    """Return False where the conditions, each with whether it holds, contradict each other or the parameters."""
    return not conditions or _questions(template).are_possible(conditions, parameters)


def _questions(template: Template) -> _Questions:
    return _questions_of(template.whole)


@lru_cache(maxsize=1)  # the same conditions are asked about again and again
def _questions_of(template: Template) -> _Questions:
    if template.memory is None:
        return _Questions(template)
    known = template.memory.recall((choices_of(template),), _Questions, template)
    if known.spent > Budget.for_lines(len(template.lines)).left:
        template.memory.is_spoilt = True
    return known


class Choices:
    """What decides between the values that something can have. The object is the same as long as all of that is.

    Then a value that a parameter gives may be a node of a version before, which says the same in another place.
    """

    def __init__(self, *decisive: Node | str) -> None:
        self.decisive = decisive


_DECISIVE = ("Conditions", "Locals")


def choices_of(template: Template) -> Choices:
    """Return what `values_of` looks at beside a node itself and the mappings that are looked up in it."""
    return _choices_of(template.whole)


@lru_cache(maxsize=1)
def _choices_of(template: Template) -> Choices:
    nodes = [node for name in _DECISIVE for pair in pairs(template.sections.get(name)) for node in pair]
    parameters = [_decided_by(name, node) for name, node in template.parameters.items()]
    compared = [call.argument for call in template.calls("Fn::Equals")]
    resources = [f"{name} {_kind(entries(resource))}" for name, resource in template.resources.items()]
    return template.recalled(Choices, *nodes, *parameters, *compared, *resources)


def _decided_by(name: str, parameter: Node) -> Node | str:
    """Return what of a parameter decides, wherever it stands; all of it where that is no plain text."""
    attributes = entries(parameter)
    written = [attributes.get("Type"), attributes.get("Default"), *items(attributes.get("AllowedValues"))]
    if not all(node is None or isinstance(node, ScalarNode) for node in written):
        return parameter
    return f"{name} {'AllowedValues' in attributes} {[node and (node.tag, node.value) for node in written]}"


def _kind(resource: Mapping[str, Node]) -> str:
    return " ".join(f"{name}={scalar(resource[name])!r}" for name in ("Type", "Condition", "Count") if name in resource)


def mappings_for(calls: Iterable[Call], template: Template) -> tuple[Node | None, ...]:
    """Return the mappings that are looked up in calls; all of them where that is not written out."""
    names = {scalar((items(call.argument) or [call.argument])[0]) for call in calls if call.function == "Fn::FindInMap"}
    if not names:
        return ()
    if None in names or template.whole.mappings_have_calls:
        return (template.sections.get("Mappings"),)
    return tuple(template.mappings.get(name) for name in sorted(filter(None, names)))


class Conditions:
    """The conditions of a template for some values of its parameters."""

    def __init__(self, template: Template, parameters: Mapping[str, str], budget: Budget) -> None:
        self.template = template
        self.parameters = parameters
        self.budget = budget

    def condition(self, name: str, depth: int = 0) -> bool | None:
        """Return what the condition `name` comes to."""
        node = self.template.conditions.get(name)
        return None if node is None else self.truth(node, depth)

    def truth(self, node: Node, depth: int = 0) -> bool | None:
        """Return what a condition comes to as it is written."""
        if depth > _DEEPEST or not self.budget.spend():
            return None
        called = function_of(node)
        if called is None:
            if node.tag == _BOOLEAN:
                return (scalar(node) or "").lower() in _TRUE
            name = scalar(node) or scalar(entries(node).get("Condition"))
            return self.condition(name or "", depth + 1)
        function, argument = called
        given = items(argument)
        if function == "Fn::Equals" and len(given) == 2:
            one, other = (self.text(operand) for operand in given)
            return self.open(node, given) if one is None or other is None else same(one, other)
        if function == "Condition":
            return self.condition(scalar(argument) or "", depth + 1)
        if function == "Fn::Not":
            inner = self.truth(given[0] if given else argument, depth + 1)
            return None if inner is None else not inner
        if function in ("Fn::And", "Fn::Or") and given:
            decisive = function == "Fn::Or"
            found = [self.truth(operand, depth + 1) for operand in given]
            if decisive in found:
                return decisive
            return None if None in found else not decisive
        return self.open(node, [])

    def open(self, node: Node, given: list[Node]) -> bool | None:
        """Return what is taken for a condition that the parameters leave open, `given` the two it compares."""
        return None

    def text(self, operand: Node) -> str | None:
        """Return what a comparison compares."""
        called = function_of(operand)
        if called is None:
            return scalar(operand)
        function, argument = called
        return self.parameters.get(scalar(argument) or "") if function == "Ref" else None


class _Questions:
    """Whether conditions can hold together, each question once."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.budget = Budget.for_lines(len(template.lines))
        self._given = self.budget.left
        self.compared = _comparisons(template)
        self._known: dict[tuple[frozenset[tuple[str, bool]], frozenset[tuple[str, str]]], bool] = {}

    @property
    def spent(self) -> int:
        """How much of the budget the questions took."""
        return self._given - self.budget.left

    def are_possible(self, conditions: Mapping[str, bool], parameters: Mapping[str, str]) -> bool:
        given = {name: value for name, value in parameters.items() if name in self.compared}
        question = frozenset(conditions.items()), frozenset(given.items())
        if question not in self._known:
            search = _Search(self, given)
            self._known[question] = search.can_be(conditions)
            if self.budget.left < 0 and self.template.memory is not None:
                self.template.memory.is_spoilt = True
        return self._known[question]


class _Search(Conditions):
    """Tries values of what conditions compare, and both answers of comparisons that nothing is known about."""

    def __init__(self, questions: _Questions, given: Mapping[str, str]) -> None:
        self.tried: dict[str, str] = dict(given)
        super().__init__(questions.template, self.tried, questions.budget)
        self.compared = questions.compared
        self.answers: dict[int, bool] = {}
        self.others: set[str] = set()
        self.undecided: list[str | int] = []
        self.left = _MOST_TRIED

    def can_be(self, conditions: Mapping[str, bool]) -> bool:
        """Return whether some values make each condition come to what is asked."""
        self.left -= 1
        self.undecided.clear()
        found = [(self.condition(name), holds) for name, holds in conditions.items()]
        if any(truth is not None and truth is not holds for truth, holds in found):
            return False
        if not self.undecided or self.left <= 0:
            return True
        first = self.undecided[0]
        return (
            self._can_be_answered(first, conditions)
            if isinstance(first, int)
            else self._can_be_given(first, conditions)
        )

    def _can_be_answered(self, comparison: int, conditions: Mapping[str, bool]) -> bool:
        for answer in (True, False):
            self.answers[comparison] = answer
            if self.can_be(conditions):
                return True
        del self.answers[comparison]
        return False

    def _can_be_given(self, name: str, conditions: Mapping[str, bool]) -> bool:
        values, is_open = _values_of(name, self.template, self.compared)
        for value in values:
            self.tried[name] = value
            if self.can_be(conditions):
                return True
        self.tried.pop(name, None)
        if not is_open:
            return False
        self.others.add(name)
        found = self.can_be(conditions)
        self.others.remove(name)
        return found

    def open(self, node: Node, given: list[Node]) -> bool | None:
        """Return what is tried for it; note what to try where nothing is yet."""
        names = [name for operand in given if (name := _referred(operand)) is not None]
        literals = [operand for operand in given if function_of(operand) is None and scalar(operand) is not None]
        if len(names) == len(literals) == 1:
            if names[0] in self.others:
                return False  # all that it is compared with is tried on its own
            self.undecided.append(names[0])
            return None
        if id(node) not in self.answers:
            self.undecided.append(id(node))
        return self.answers.get(id(node))


def _values_of(name: str, template: Template, compared: Mapping[str, list[str]]) -> tuple[list[str], bool]:
    """Return the values of a parameter that make a difference, and whether it can have another one."""
    attributes = entries(template.parameters.get(name))
    kind = scalar(attributes.get("Type"))
    allowed = [value for node in items(attributes.get("AllowedValues")) if (value := scalar(node)) is not None]
    if kind == "Boolean":
        allowed = ["true", "false"]
    if not allowed or kind not in _SCALARS:
        return compared.get(name, []), True
    default = scalar(attributes.get("Default"))
    return list(dict.fromkeys([*allowed, *([] if default is None else [default])])), False


def _comparisons(template: Template) -> dict[str, list[str]]:
    """Return the texts that each referred name is compared with."""
    found: dict[str, dict[str, None]] = {}
    for call in template.calls("Fn::Equals"):
        given = items(call.argument)
        for one, other in (given, given[::-1]) if len(given) == 2 else ():
            if (name := _referred(one)) is not None:
                values = found.setdefault(name, {})
                if function_of(other) is None and (value := scalar(other)) is not None:
                    values[value] = None
    return {name: list(values) for name, values in found.items()}


def _referred(operand: Node) -> str | None:
    called = function_of(operand)
    return scalar(called[1]) if called and called[0] == "Ref" else None
