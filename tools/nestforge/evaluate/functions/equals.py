"""`Fn::Equals`: whether two values are the same, type and all."""

from __future__ import annotations

from nestforge.evaluate.arguments import items_of
from nestforge.evaluate.same import same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def equals(argument: Data) -> Data:
    """Compare; `1` is not `'1'`, and true is not `'true'`."""
    first, second = items_of(argument, 2, 2)
    return same(first, second)
