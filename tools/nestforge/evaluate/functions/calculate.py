"""`Fn::Calculate`: the result of an arithmetic expression."""

from __future__ import annotations

from nestforge.evaluate.arguments import integer_of, items_of, list_of, number_of, text_of
from nestforge.evaluate.arithmetic import result_of
from nestforge.evaluate.rounding import rounded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def calculate(argument: Data) -> Data:
    """Calculate `[expression, digits, values]`; `{0}` in the expression is the first of the values."""
    expression, digits, *rest = items_of(argument, 2, 3)
    values = [number_of(item, "a value") for item in list_of(rest[0], "the list of values")] if rest else []
    result = result_of(text_of(expression, "the expression"), values)
    return rounded(result, integer_of(digits, "the number of digits", 0, 15))
