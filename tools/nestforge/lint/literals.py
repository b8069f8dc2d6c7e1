"""Let the evaluator's functions say what is wrong with arguments that are written out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import yaml

from nestforge.evaluate.data import ANY, Unknown
from nestforge.evaluate.fault import Fault
from nestforge.lint.engine import Finding
from nestforge.lint.placed_calls import placed_calls
from nestforge.sources.nodes import function_of
from nestforge.sources.yaml_scalar import scalar_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from yaml.nodes import Node

    from nestforge.evaluate.data import Data
    from nestforge.lint.placed_calls import PlacedCall
    from nestforge.sources.template import Template

UNKNOWN: Final = Unknown(ANY, "")
"""What is not written out: a function gives it, or Compute Nest fills it in."""


def literal_of(node: Node) -> Data:
    """Return a scalar as it is written; of a list or a map, that it is one, without what is in it."""
    if function_of(node) is not None:
        return UNKNOWN
    if isinstance(node, yaml.ScalarNode):
        return UNKNOWN if "{{" in node.value else scalar_value(node)
    return [] if isinstance(node, yaml.SequenceNode) else {}


def fault_of(template: Template, call: PlacedCall, run: Callable[[Data], Data], argument: Data) -> Iterator[Finding]:
    """Yield what the function says against an argument."""
    try:
        run(argument)
    except Fault as fault:
        yield Finding(template.span(call.node), f"{call.function}: {fault.message}", fault.help)


def literal_faults(
    template: Template,
    function: str,
    run: Callable[[Data], Data],
    fitting: tuple[Data, ...],
    only: tuple[int, ...] | None = None,
) -> Iterator[Finding]:
    """Yield what a function says against the arguments that are written out; `fitting` ones stand for the rest.

    `only` are the places of the arguments to look at, if not at all of them.
    """
    for placed in placed_calls(template):
        given = placed.given or []
        signature = placed.signature
        if placed.function != function or signature is None:
            continue
        if not signature.least <= len(given) <= (signature.most or len(given)):
            continue
        arguments = [literal_of(node) for node in given]
        for place, stand_in in enumerate(fitting[: len(arguments)]):
            argument = signature.argument(place)
            is_scalar = not isinstance(arguments[place], (list, dict))
            if arguments[place] is UNKNOWN or (only is not None and place not in only) or not is_scalar or not argument:
                arguments[place] = stand_in
        yield from fault_of(template, placed, run, arguments)
