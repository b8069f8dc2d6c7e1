"""The calls of intrinsic functions, with what the place of each has to say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import yaml

from nestforge.lint.signatures import SIGNATURES
from nestforge.sources.nodes import entries, function_of, items, pairs, scalar, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.lint.signatures import Signature
    from nestforge.sources.template import Template

Guards = tuple[tuple[str, bool], ...]
"""Conditions, each with what it comes to where something is looked at."""

PLACES = {"Resources": "N", "Outputs": "N", "Conditions": "C", "Rules": "C", "Count": "K"}
"""The places of the signatures, by section; of a resource, Count is another one."""

CONDITIONAL = frozenset(("Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or", "Condition"))
"""The functions that are conditions."""

_CALCULATED = ("Mappings", "Conditions", "Rules", "Locals", "Resources", "Outputs")
_LITERAL = ("Default", "AllowedValues", "MinValue", "MaxValue", "MinLength", "MaxLength", "AllowedPattern")
_NESTED = "ROSTemplateFormatVersion"


class PlacedCall(NamedTuple):
    """A call by the attribute `part` of the entry `owner` of a section.

    `depth` calls are around it, the one directly so is of the function `around`. `guards` are what the
    entry's own condition and each `Fn::If` around the call decide.
    """

    function: str
    argument: Node
    node: Node
    section: str
    owner: str
    part: str
    depth: int
    around: str | None
    guards: Guards

    @property
    def place(self) -> str:
        """The section, or `Count`, which is evaluated before the resources are."""
        return "Count" if self.part == "Count" and self.section == "Resources" else self.section

    @property
    def signature(self) -> Signature | None:
        """What the function takes; None for one that ROS does not have."""
        return SIGNATURES.get(self.function)

    @property
    def given(self) -> list[Node] | None:
        """The arguments one by one; None where they are not in the list that the function takes."""
        signature = self.signature
        if signature is None or signature.alone:
            return [self.argument]
        if isinstance(self.argument, yaml.SequenceNode) and function_of(self.argument) is None:
            return items(self.argument)
        return [self.argument] if signature.either else None


def inline_condition_in(placed: PlacedCall) -> Node | None:
    """Return the comparison that an `Fn::If` is given instead of the name of a condition."""
    given = items(placed.argument) if placed.function == "Fn::If" and placed.place in PLACES else []
    called = function_of(given[0]) if given else None
    return given[0] if called is not None and called[0] in CONDITIONAL and called[0] != "Condition" else None


@lru_cache(maxsize=1)  # each rule asks for those of the same template
def placed_calls(template: Template) -> tuple[PlacedCall, ...]:
    """Return all calls, of functions that there are and of others, and those where none can be."""
    return tuple(_placed(template))


def _placed(template: Template) -> Iterator[PlacedCall]:
    for name, parameter in template.parameters.items():
        attributes = entries(parameter)
        if scalar(attributes.get("Type")) != "Json":  # a default that looks like a call may be meant
            for part in _LITERAL:
                if part in attributes:
                    yield from _below(attributes[part], "Parameters", name, part, ())
    for section in _CALCULATED:
        for key, entry in pairs(template.sections.get(section)):
            owner = str(key.value)
            if section in ("Conditions", "Mappings") or function_of(entry) is not None:
                yield from _below(entry, section, owner, "", ())
                continue
            own = text(entries(entry).get("Condition")) if section in ("Resources", "Outputs") else None
            guards: Guards = ((own, True),) if own else ()
            for part_key, value in pairs(entry):
                yield from _below(value, section, owner, str(part_key.value), guards)


def _may_call(node: Node) -> bool:
    return node.tag[:1] == "!" or not isinstance(node, yaml.ScalarNode)


def _below(root: Node, section: str, owner: str, part: str, guards: Guards) -> Iterator[PlacedCall]:
    waiting: list[tuple[Node, int, str | None, Guards]] = [(root, 0, None, guards)]
    seen: set[int] = set()
    while waiting:
        node, depth, around, guards = waiting.pop()
        if id(node) in seen or not _may_call(node):
            continue
        seen.add(id(node))
        called = function_of(node)
        if called is None:
            if isinstance(node, yaml.SequenceNode):
                waiting += [(child, depth, around, guards) for child in reversed(node.value) if _may_call(child)]
            elif all(key.value != _NESTED for key, _ in node.value):
                waiting += [(child, depth, around, guards) for _, child in reversed(node.value) if _may_call(child)]
            continue
        function, argument = called
        yield PlacedCall(function, argument, node, section, owner, part, depth, around, guards)
        if function_of(argument) is not None or not isinstance(argument, yaml.SequenceNode):
            waiting.append((argument, depth + 1, function, guards))
            continue
        given = argument.value
        taken = [guards] * len(given)
        if function == "Fn::If" and len(given) == 3 and (condition := scalar(given[0])) is not None:
            taken[1:] = [(*guards, (condition, True)), (*guards, (condition, False))]
        waiting += [(child, depth + 1, function, own) for child, own in zip(given[::-1], taken[::-1], strict=True)]
