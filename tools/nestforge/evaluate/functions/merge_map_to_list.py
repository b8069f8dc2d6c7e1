"""`Fn::MergeMapToList`: lists of values, each under a key, as a list of maps."""

from __future__ import annotations

from nestforge.evaluate.arguments import LONGEST_LIST, check_length, items_of, list_of, map_of
from nestforge.evaluate.data import LIST, Unknown
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.shown import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def merge_map_to_list(argument: Data) -> Data:
    """Combine `[{key: [..]}, ..]`; a shorter list repeats its last value, null is one empty text."""
    columns: dict[str, list[Data]] = {}
    for entry in items_of(argument, 1):
        if isinstance(entry, Unknown):
            return Unknown(LIST, entry.of, faulty=entry.faulty)
        pairs = map_of(entry, "an argument")
        if len(pairs) != 1:
            raise Fault(f"a map has {len(pairs)} keys, expected one")
        for key, values in pairs.items():
            if isinstance(values, Unknown):
                return Unknown(LIST, values.of, faulty=values.faulty)
            columns[key] = [""] if values is None else list_of(values, f"the value of {quoted(key)}")
    longest = max(map(len, columns.values()))
    check_length(longest * len(columns), LONGEST_LIST)
    return [
        {key: values[min(row, len(values) - 1)] for key, values in columns.items() if values} for row in range(longest)
    ]
