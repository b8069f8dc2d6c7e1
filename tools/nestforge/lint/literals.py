"""Let the evaluator's functions say what is wrong with arguments that are written out."""

from __future__ import annotations

from nestforge.lint.engine import Finding
from nestforge.lint.placed_calls import placed_calls
from nestforge.sources.libyaml import ScalarNode, SequenceNode
from nestforge.sources.nodes import function_of
from nestforge.sources.yaml_scalar import scalar_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Final

    from yaml.nodes import Node

    from nestforge.evaluate.data import Data
    from nestforge.lint.placed_calls import PlacedCall
    from nestforge.sources.template import Template


class Unwritten:
    """What is not written out: a function gives it, or Compute Nest fills it in."""


UNKNOWN: Final = Unwritten()


def literal_of(node: Node) -> Data | Unwritten:
    """Return a scalar as it is written; of a list or a map, that it is one, without what is in it."""
    if function_of(node) is not None:
        return UNKNOWN
    if isinstance(node, ScalarNode):
        return UNKNOWN if "{{" in node.value else scalar_value(node)
    return [] if isinstance(node, SequenceNode) else {}


def fault_of(
    template: Template, call: PlacedCall, run: Callable[[Data], Data], argument: Data, help: str
) -> Iterator[Finding]:
    """Yield what the function says against an argument; `help` is what to do where it says no more."""
    from nestforge.evaluate.fault import Fault  # all that follows is for a doubt

    try:
        run(argument)
    except Fault as fault:
        yield Finding(template.span(call.node), f"{call.function}: {fault.message}", fault.help or help)


def literal_faults(
    template: Template,
    function: str,
    run: Callable[[Data], Data],
    fitting: tuple[Data, ...],
    help: str,
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
        arguments: list[Data] = []
        for place, (node, stand_in) in enumerate(zip(given, fitting, strict=False)):
            written = literal_of(node) if only is None or place in only else UNKNOWN
            arguments.append(stand_in if isinstance(written, (Unwritten, list, dict)) else written)
        yield from fault_of(template, placed, run, arguments, help)
