"""`Fn::Contains`: whether a list has a value."""

from __future__ import annotations

from nestforge.evaluate.arguments import items_of, list_of
from nestforge.evaluate.data import BOOLEAN, Unknown
from nestforge.evaluate.same import is_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def contains(argument: Data) -> Data:
    """Return whether `[list, item]` has the item; the list comes first."""
    entries, item = items_of(argument, 2, 2)
    if isinstance(entries, Unknown):
        return Unknown(BOOLEAN, entries.of, faulty=entries.faulty)
    return is_in(item, list_of(entries, "the list"))
