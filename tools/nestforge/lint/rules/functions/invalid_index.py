"""R3313."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.kinds import LIST, kinds_of
from nestforge.lint.literals import Unwritten, fault_of, literal_of
from nestforge.lint.placed_calls import placed_calls
from nestforge.sources.libyaml import ScalarNode
from nestforge.sources.nodes import items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_HELP = "write a number, a slice such as '0:2', or the key of a map"


@rule("R3313")
def invalid_index(template: Template) -> Iterator[Finding]:
    """`Fn::Select` cannot select with this index, or from this text.

    From a list, it takes a number or a slice such as '0:2'; from a text, only where that is JSON.

    Bad:  {"Fn::Select": [first, {"Fn::GetAZs": {Ref: ALIYUN::Region}}]}
    Good: {"Fn::Select": [0, {"Fn::GetAZs": {Ref: ALIYUN::Region}}]}
    """
    for placed in placed_calls(template):
        given = items(placed.argument)
        if placed.function != "Fn::Select" or not 2 <= len(given) <= 4:
            continue
        if (scalar(given[0]) or "").isdecimal() and not isinstance(given[1], ScalarNode):
            continue
        index, collection = literal_of(given[0]), literal_of(given[1])
        if isinstance(collection, Unwritten) and kinds_of(given[1], template) == frozenset((LIST,)):
            collection = []
        if isinstance(collection, list):
            collection = [""]
        if isinstance(index, Unwritten) and isinstance(collection, str):
            index = 0
        if not isinstance(index, Unwritten) and not isinstance(collection, (Unwritten, dict)):
            from nestforge.evaluate.functions.select import select  # only a doubt pays for this import

            yield from fault_of(template, placed, select, [index, collection], _HELP)
