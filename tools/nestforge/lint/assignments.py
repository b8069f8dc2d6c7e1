"""Values of parameters for which conditions come to what is asked for."""

from __future__ import annotations

from itertools import product

from nestforge.lint.budget import Budget
from nestforge.lint.conditions import Conditions
from nestforge.lint.scalars import same
from nestforge.sources.nodes import children, entries, function_of, items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yaml.nodes import Node

    from nestforge.evaluate.data import Data
    from nestforge.sources.calls import Guards
    from nestforge.sources.template import Template

_MOST = 512
"""Combinations of values that are tried for one question."""


class Assignments:
    """Answers for one template, each question once.

    A parameter is tried with its allowed values. One that takes anything is tried, unless `finite`, with what
    conditions compare it with, and with its default. What a rule of the template forbids, or what the form
    gives no way to enter because it does not show the parameter, is no answer.
    """

    def __init__(self, template: Template, *, finite: bool = False) -> None:
        self.template = template
        self.finite = finite
        self.budget = Budget.for_lines(len(template.lines))
        self._hides = "Visible" in template.words or bool(template.hidden_parameters)
        self._compared: dict[str, dict[str, None]] | None = None
        self._known: dict[tuple[frozenset[tuple[str, bool]], frozenset[tuple[str, str]]], dict[str, str] | None] = {}

    def where(self, guards: Guards, given: Mapping[str, str] | None = None) -> dict[str, str] | None:
        """Return values for which each of the conditions comes to what is said, None if none are found.

        `given` are values that are decided already.
        """
        given = given or {}
        question = frozenset(guards), frozenset(given.items())
        if question not in self._known:
            self._known[question] = self._search(guards, given)
        return self._known[question]

    def all_of(self, condition: str) -> Iterator[bool | None]:
        """Yield what a condition comes to for all values; a single None where they are too many."""
        for values in self._combinations([condition], {}) or ():
            yield Conditions(self.template, values, self.budget).condition(condition)
        if self._combinations([condition], {}) is None:
            yield None

    def _search(self, guards: Guards, given: Mapping[str, str]) -> dict[str, str] | None:
        names = [name for name, _ in guards]
        if any(name not in self.template.conditions for name in names):
            return None
        for values in self._combinations(names, given) or ():
            known = Conditions(self.template, values, self.budget)
            if all(known.condition(name) is holds for name, holds in guards) and self._is_possible(values, known):
                return values
        return None

    def _combinations(self, conditions: list[str], given: Mapping[str, str]) -> list[dict[str, str]] | None:
        names = [name for name in self._parameters_of(conditions) if name not in given]
        choices = [self._values_of(name) for name in names]
        count = 1
        for choice in choices:
            count *= len(choice)
        if not 0 < count <= _MOST or not self.budget.spend():
            return None
        return [{**given, **dict(zip(names, chosen, strict=True))} for chosen in product(*choices)]

    def _parameters_of(self, conditions: list[str]) -> dict[str, None]:
        found: dict[str, None] = {}
        seen = set(conditions)
        waiting = [self.template.conditions[name] for name in conditions if name in self.template.conditions]
        while waiting and self.budget.spend():
            node = waiting.pop()
            called = function_of(node)
            name = scalar(called[1] if called else node) or ""
            if called and called[0] == "Ref":
                if name in self.template.parameters:
                    found[name] = None
            elif name in self.template.conditions and name not in seen:
                seen.add(name)
                waiting.append(self.template.conditions[name])
            waiting += children(called[1] if called else node)
            if called and function_of(called[1]):
                waiting.append(called[1])
        return found

    def _values_of(self, name: str) -> list[str]:
        attributes = entries(self.template.parameters[name])
        if scalar(attributes.get("Type")) == "Boolean":
            return ["true", "false"]
        if allowed := items(attributes.get("AllowedValues")):
            return list(dict.fromkeys(value for node in allowed if (value := scalar(node)) is not None))
        if self.finite:
            return []
        if self._compared is None:
            self._compared = self._comparisons()
        values = dict(self._compared.get(name, {}))
        if (default := scalar(attributes.get("Default"))) is not None:
            values[default] = None
        return list(values)

    def _comparisons(self) -> dict[str, dict[str, None]]:
        found: dict[str, dict[str, None]] = {}
        for call in self.template.calls("Fn::Equals"):
            given = items(call.argument)
            for one, other in (given, given[::-1]) if len(given) == 2 else ():
                called = function_of(one)
                value = scalar(other) if function_of(other) is None else None
                if called and called[0] == "Ref" and value is not None:
                    found.setdefault(scalar(called[1]) or "", {})[value] = None
        return found

    def _is_possible(self, values: Mapping[str, str], known: Conditions) -> bool:
        for rule in entries(self.template.sections.get("Rules")).values():
            parts = entries(rule)
            when = parts.get("RuleCondition")
            if when is not None and known.truth(when) is not True:
                continue
            if any(known.truth(node) is False for item in items(parts.get("Assertions")) for node in _assert(item)):
                return False
        return self._can_be_entered(values)

    def _can_be_entered(self, values: Mapping[str, str]) -> bool:
        if not self._hides:
            return True
        from nestforge.evaluate.form import form_state

        if not all(self.budget.spend() for _ in self.template.parameters):
            return False
        entered: dict[str, Data] = {name: self._default_of(name) for name in self.template.parameters}
        entered.update((name, self._typed(name, value)) for name, value in values.items())
        state = form_state(self.template, entered)
        return all(state[name].visible or self._is_default(name, value) for name, value in values.items())

    def _is_default(self, name: str, value: str) -> bool:
        default = scalar(entries(self.template.parameters[name]).get("Default"))
        return default is not None and same(default, value)

    def _default_of(self, name: str) -> Data:
        default = scalar(entries(self.template.parameters[name]).get("Default"))
        return None if default is None else self._typed(name, default)

    def _typed(self, name: str, value: str) -> Data:
        from nestforge.evaluate.conversions import CONVERSIONS
        from nestforge.evaluate.fault import Fault

        convert = CONVERSIONS.get(scalar(entries(self.template.parameters[name]).get("Type")) or "")
        try:
            return convert(value) if convert else value
        except Fault:
            return value


def _assert(item: Node) -> list[Node]:
    node = entries(item).get("Assert")
    return [] if node is None else [node]
