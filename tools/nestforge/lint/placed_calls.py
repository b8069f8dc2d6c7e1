"""The calls of intrinsic functions, with what the place of each has to say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import yaml

from nestforge.lint.signatures import SIGNATURES
from nestforge.sources.calls import Call
from nestforge.sources.nodes import children, entries, function_of, items, pairs, scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.lint.signatures import Signature
    from nestforge.sources.template import Template

PLACES = {"Resources": "N", "Outputs": "N", "Conditions": "C", "Rules": "C", "Count": "K"}
"""The places of the signatures, by section; of a resource, Count is another one."""

CONDITIONAL = frozenset(("Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or", "Condition"))
"""The functions that are conditions."""

_LITERAL = ("Default", "AllowedValues", "MinValue", "MaxValue", "MinLength", "MaxLength", "AllowedPattern")
_NESTED = "ROSTemplateFormatVersion"


class PlacedCall(NamedTuple):
    """A call: the section (of a resource's Count: `Count`), how many calls are around it, and which directly."""

    call: Call
    place: str
    depth: int
    around: str | None

    @property
    def signature(self) -> Signature | None:
        """What the function takes; None for one that ROS does not have."""
        return SIGNATURES.get(self.call.function)

    @property
    def given(self) -> list[Node] | None:
        """The arguments one by one; None where they are not in the list that the function takes."""
        signature = self.signature
        argument = self.call.argument
        if signature is None or signature.alone:
            return [argument]
        if isinstance(argument, yaml.SequenceNode) and function_of(argument) is None:
            return items(argument)
        return [argument] if signature.either else None


@lru_cache(maxsize=1)  # each rule asks for those of the same template
def placed_calls(template: Template) -> tuple[PlacedCall, ...]:
    """Return all calls, of functions that there are and of others, and those where none can be."""
    return tuple(found for place, root in _roots(template) for found in _below(root, place))


def _roots(template: Template) -> Iterator[tuple[str, Node]]:
    for section in ("Mappings", "Conditions", "Rules", "Locals", "Outputs"):
        for _, entry in pairs(template.sections.get(section)):
            yield section, entry
    for entry in template.resources.values():
        for key, value in pairs(entry):
            yield "Count" if scalar(key) == "Count" else "Resources", value
    for entry in template.parameters.values():
        attributes = entries(entry)
        if scalar(attributes.get("Type")) != "Json":
            for name in _LITERAL:
                if name in attributes:
                    yield "Parameters", attributes[name]


def _below(root: Node, place: str) -> Iterator[PlacedCall]:
    waiting: list[tuple[Node, int, str | None]] = [(root, 0, None)]
    seen: set[int] = set()
    while waiting:
        node, depth, around = waiting.pop()
        if isinstance(node, yaml.ScalarNode):
            if not node.tag.startswith("!"):
                continue
        elif id(node) in seen or any(key.value == _NESTED for key, _ in pairs(node)):
            continue
        seen.add(id(node))
        called = function_of(node)
        if called is None:
            waiting += [(child, depth, around) for child in reversed(children(node))]
            continue
        function, argument = called
        yield PlacedCall(Call(function, argument, node), place, depth, around)
        below = [argument] if function_of(argument) is not None else children(argument)
        waiting += [(child, depth + 1, function) for child in reversed(below)]
