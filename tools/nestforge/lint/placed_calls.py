"""The calls of intrinsic functions, with what the place of each has to say."""

from __future__ import annotations

from functools import lru_cache

from nestforge.lint.signatures import SIGNATURES
from nestforge.model.named_tuple import NamedTuple
from nestforge.sources.calls import calls_below, may_hold
from nestforge.sources.libyaml import SequenceNode
from nestforge.sources.nodes import entries, function_of, items, key_text, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.lint.signatures import Signature
    from nestforge.sources.calls import Call, Guards
    from nestforge.sources.template import Template

PLACES = {"Resources": "N", "Outputs": "N", "Conditions": "C", "Rules": "C", "Count": "K"}
"""The places of the signatures, by section; of a resource, Count is another one."""

CONDITIONAL = frozenset(("Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or", "Condition"))
"""The functions that are conditions."""

_LITERAL = ("Default", "AllowedValues", "MinValue", "MaxValue", "MinLength", "MaxLength", "AllowedPattern")


class PlacedCall(NamedTuple):
    """A call, with what its place and its function's signature say of it.

    `place` is the section, or `Count`, which is evaluated before the resources are. `signature` is what the function
    takes, None for one that ROS does not have. `given` are the arguments one by one, None where they are not in the
    list that the function takes.
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
    place: str
    signature: Signature | None
    given: list[Node] | None


def inline_condition_in(placed: PlacedCall) -> Node | None:
    """Return the comparison that an `Fn::If` is given instead of the name of a condition."""
    given = items(placed.argument) if placed.function == "Fn::If" and placed.place in PLACES else []
    called = function_of(given[0]) if given else None
    return given[0] if called is not None and called[0] in CONDITIONAL and called[0] != "Condition" else None


@lru_cache(maxsize=1)  # each rule asks for those of the same template
def placed_calls(template: Template) -> tuple[PlacedCall, ...]:
    """Return all calls, of functions that there are and of others, and those where none can be."""
    found = [template.recalled(_in_calls, calls) for calls in template.calls_by_entry]
    return tuple(placed for calls in (map(_placed, _in_parameters(template)), *found) for placed in calls)


def _in_calls(calls: tuple[Call, ...]) -> list[PlacedCall]:
    return list(map(_placed, calls))


def _placed(call: Call) -> PlacedCall:
    place = "Count" if call.part == "Count" and call.section == "Resources" else call.section
    signature = SIGNATURES.get(call.function)
    return PlacedCall(*call, place, signature, _given(call.argument, signature))


def _given(argument: Node, signature: Signature | None) -> list[Node] | None:
    if signature is None or signature.alone:
        return [argument]
    if isinstance(argument, SequenceNode) and function_of(argument) is None:
        return items(argument)
    return [argument] if signature.either else None


def _in_parameters(template: Template) -> Iterator[Call]:
    for key, parameter in template.looked_at("Parameters"):
        attributes = entries(parameter)
        if scalar(attributes.get("Type")) != "Json":  # a default that looks like a call may be meant
            for part in _LITERAL:
                if (value := attributes.get(part)) is not None and may_hold(value):
                    yield from calls_below(value, "Parameters", key_text(key), part)
