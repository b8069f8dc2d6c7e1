"""`Fn::Max`: the largest of some numbers."""

from __future__ import annotations

from nestforge.evaluate.arguments import list_of, number_of
from nestforge.evaluate.fault import Fault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def max_(argument: Data) -> Data:
    """Return it; null where one of them is null."""
    given = list_of(argument, "the argument")
    if not given:
        raise Fault("the list is empty")
    if None in given:
        return None
    return max(number_of(item, "an entry") for item in given)
