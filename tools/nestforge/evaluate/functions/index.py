"""`Fn::Index`: where a list has a value."""

from __future__ import annotations

from nestforge.evaluate.arguments import items_of, list_of
from nestforge.evaluate.data import NUMBER, Unknown
from nestforge.evaluate.same import same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def index(argument: Data) -> Data:
    """Return the first place of `[item, list]`, counted from 0; null where it is not."""
    item, entries = items_of(argument, 2, 2)
    if isinstance(entries, Unknown):
        return Unknown(NUMBER, entries.of, faulty=entries.faulty)
    for place, entry in enumerate(list_of(entries, "the list")):
        found = same(item, entry)
        if isinstance(found, Unknown):
            return Unknown(NUMBER, found.of, faulty=found.faulty)
        if found:
            return place
    return None
