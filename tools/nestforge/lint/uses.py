"""Where a template uses a name: in which entry, and under which conditions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import yaml

from nestforge.sources.nodes import children, function_of, items, pairs, scalar, text
from nestforge.sources.substitution import parts_of, variables_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.model.diagnostic import Span
    from nestforge.sources.template import Template

Guards = tuple[tuple[str, bool], ...]
"""Conditions, each with what it comes to where something is looked at."""

_SECTIONS = ("Conditions", "Rules", "Locals", "Resources", "Outputs")
_NESTED = "ROSTemplateFormatVersion"


class Use(NamedTuple):
    """One use of a name: by the attribute `part` of the entry `owner` of a section.

    `function` is `Ref`, `Fn::GetAtt`, `Fn::Sub` or `DependsOn`. `written` is how a variable stands in a text.
    `guards` are what the entry's own condition and each `Fn::If` around the use decide.
    """

    section: str
    owner: str
    part: str
    function: str
    name: str
    node: Node
    guards: Guards = ()
    written: str | None = None

    @property
    def base(self) -> str:
        """The resource that a Count makes `Web[1]` of."""
        return self.name.partition("[")[0]

    def span(self, template: Template) -> Span:
        """Return the place of the name."""
        return template.span(self.node) if self.written is None else template.span_of_text(self.node, self.written)


_LOOKUP = "Fn::FindInMap"


@lru_cache(maxsize=1)  # each rule asks for those of the same template
def uses_of(template: Template) -> tuple[Use, ...]:
    """Return the uses of parameters, resources and locals, in the order of the sections."""
    return tuple(use for use in _all_uses(template) if use.function != _LOOKUP)


def lookups_of(template: Template) -> tuple[Use, ...]:
    """Return the uses of mappings; the node of each is the argument of `Fn::FindInMap`."""
    return tuple(use for use in _all_uses(template) if use.function == _LOOKUP)


@lru_cache(maxsize=1)
def _all_uses(template: Template) -> tuple[Use, ...]:
    return tuple(_uses(template))


def _uses(template: Template) -> Iterator[Use]:
    for section in _SECTIONS:
        for key, entry in pairs(template.sections.get(section)):
            owner = str(key.value)
            parts = [(scalar(name) or "", value) for name, value in pairs(entry)]
            if section == "Conditions" or function_of(entry) is not None:
                parts = [("", entry)]
            own = next((scalar(value) for part, value in parts if part == "Condition"), None)
            guards: Guards = ((own, True),) if own and section in ("Resources", "Outputs") else ()
            for part, value in parts:
                if part == "DependsOn" and function_of(value) is None:
                    for target in items(value) or [value]:
                        if name := text(target):
                            yield Use(section, owner, part, "DependsOn", name, target, guards)
                    continue
                for found in _below(value, guards):
                    yield Use(section, owner, part, *found)


def _below(root: Node, guards: Guards) -> Iterator[tuple[str, str, Node, Guards, str | None]]:
    waiting = [(root, guards)]
    seen: set[int] = set()
    while waiting:
        node, guards = waiting.pop()
        if not isinstance(node, yaml.ScalarNode):
            if id(node) in seen or any(key.value == _NESTED for key, _ in pairs(node)):
                continue
            seen.add(id(node))
        called = function_of(node)
        if called is None:
            waiting += [(child, guards) for child in reversed(children(node))]
            continue
        function, argument = called
        given = items(argument)
        if function == "Fn::If" and len(given) == 3 and (condition := scalar(given[0])) is not None:
            waiting += [(given[2], (*guards, (condition, False))), (given[1], (*guards, (condition, True)))]
            continue
        for name, place, written in _names(function, argument):
            yield function, name, place, guards, written
        waiting += [(child, guards) for child in reversed(given or [argument])]


def _names(function: str, argument: Node) -> Iterator[tuple[str, Node, str | None]]:
    if function == "Ref":
        if (name := scalar(argument)) is not None:
            yield name, argument, None
    elif function == _LOOKUP:
        if (name := scalar(next(iter(items(argument)), None))) is not None:
            yield name, argument, None
    elif function == "Fn::GetAtt":
        given = items(argument)
        target = given[0] if given else argument
        if (name := scalar(target)) is not None:
            yield name if given else name.partition(".")[0], target, None
    elif function == "Fn::Sub" and (parts := parts_of(argument)) is not None:
        written_in, own = parts
        for variable, written in variables_in(scalar(written_in) or "").items():
            base, dot, _ = variable.partition(".")
            if dot or variable not in own:
                yield base, written_in, written
