"""The calls of intrinsic functions, with what the place of each has to say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import yaml

from nestforge.lint.signatures import SIGNATURES
from nestforge.sources.calls import calls_below
from nestforge.sources.nodes import entries, function_of, items, scalar

if TYPE_CHECKING:
    from yaml.nodes import Node

    from nestforge.lint.signatures import Signature
    from nestforge.sources.calls import Call
    from nestforge.sources.template import Template

PLACES = {"Resources": "N", "Outputs": "N", "Conditions": "C", "Rules": "C", "Count": "K"}
"""The places of the signatures, by section; of a resource, Count is another one."""

CONDITIONAL = frozenset(("Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or", "Condition"))
"""The functions that are conditions."""

_LITERAL = {"Default", "AllowedValues", "MinValue", "MaxValue", "MinLength", "MaxLength", "AllowedPattern"}


class PlacedCall(NamedTuple):
    """A call: the section (of a resource's Count: `Count`), how many calls are around it, and which directly.

    `signature` is what the function takes; None for one that ROS does not have. `given` are the arguments one by one;
    None where they are not in the list that the function takes.
    """

    call: Call
    place: str
    depth: int
    around: str | None
    signature: Signature | None
    given: list[Node] | None


@lru_cache(maxsize=1)  # each rule asks for those of the same template
def placed_calls(template: Template) -> tuple[PlacedCall, ...]:
    """Return all calls, of functions that there are and of others, and those where none can be."""
    found = [_placed(call, "Count" if call.part == "Count" else call.section) for call in template.all_calls]
    for entry in template.parameters.values():
        attributes = entries(entry)
        if scalar(attributes.get("Type")) != "Json":
            for name in attributes.keys() & _LITERAL:
                found += [_placed(call, "Parameters") for call in calls_below(attributes[name])]
    return tuple(found)


def _placed(call: Call, place: str) -> PlacedCall:
    signature = SIGNATURES.get(call.function)
    return PlacedCall(call, place, call.depth, call.around, signature, _given(call.argument, signature))


def _given(argument: Node, signature: Signature | None) -> list[Node] | None:
    if signature is None or signature.alone:
        return [argument]
    if isinstance(argument, yaml.SequenceNode) and function_of(argument) is None:
        return items(argument)
    return [argument] if signature.either else None
