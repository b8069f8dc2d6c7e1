"""`Fn::ListMerge`: several lists as one."""

from __future__ import annotations

from nestforge.evaluate.arguments import LONGEST_LIST, check_length, items_of, list_of
from nestforge.evaluate.data import LIST, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def list_merge(argument: Data) -> Data:
    """Put the lists together; null is skipped."""
    lists = [entry for entry in items_of(argument, 0) if entry is not None]
    for entry in lists:
        if isinstance(entry, Unknown):
            return Unknown(LIST, entry.of, faulty=entry.faulty)
    known = [list_of(entry, "an argument") for entry in lists]
    check_length(sum(map(len, known)), LONGEST_LIST)
    return [item for entries in known for item in entries]
