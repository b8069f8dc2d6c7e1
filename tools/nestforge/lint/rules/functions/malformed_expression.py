"""R3317."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.literals import Unwritten, fault_of, literal_of
from nestforge.lint.placed_calls import placed_calls
from nestforge.sources.nodes import function_of, items

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.evaluate.data import Data
    from nestforge.sources.template import Template

_HELP = "write numbers, brackets, + - * / % and a {0} for each value"


@rule("R3317")
def malformed_expression(template: Template) -> Iterator[Finding]:
    """The expression of `Fn::Calculate` is none, or has a `{0}` that no value is given for.

    It is made of numbers, `{0}`, brackets and + - * / %. Values that are known at deployment only are taken
    to be some number.

    Bad:  {"Fn::Calculate": ["{0} ** 2", 0, [4]]}
    Good: {"Fn::Calculate": ["{0} * {0}", 0, [4]]}
    """
    from nestforge.evaluate.functions.calculate import calculate

    for placed in placed_calls(template):
        given = items(placed.argument)
        if placed.function != "Fn::Calculate" or not 2 <= len(given) <= 3:
            continue
        expression, digits = literal_of(given[0]), literal_of(given[1])
        if not isinstance(expression, str) or (len(given) > 2 and function_of(given[2]) is not None):
            continue
        written = items(given[2]) if len(given) > 2 else []
        values: list[Data] = [_value(node, place) for place, node in enumerate(written)]
        arguments: list[Data] = [expression, 0 if isinstance(digits, Unwritten) else digits, values]
        yield from fault_of(template, placed, calculate, arguments, _HELP)


def _value(node: Node, place: int) -> Data:
    literal = literal_of(node)
    return 1009.7 + 37.3 * place * place if isinstance(literal, Unwritten) else literal
