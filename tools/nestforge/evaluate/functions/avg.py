"""`Fn::Avg`: the mean of numbers."""

from __future__ import annotations

from nestforge.evaluate.arguments import integer_of, items_of, list_of, number_of
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.rounding import rounded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def avg(argument: Data) -> Data:
    """Return the mean of `[digits, numbers]`, rounded to so many digits; null counts as 0."""
    digits, given = items_of(argument, 2, 2)
    numbers = [0 if item is None else number_of(item, "an entry") for item in list_of(given, "the list")]
    if not numbers:
        raise Fault("the list is empty")
    return rounded(sum(numbers) / len(numbers), integer_of(digits, "the number of digits", 0, 15))
