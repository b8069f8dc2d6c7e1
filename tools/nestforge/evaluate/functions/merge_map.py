"""`Fn::MergeMap`: two maps as one."""

from __future__ import annotations

from nestforge.evaluate.arguments import items_of, map_of
from nestforge.evaluate.data import MAP, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def merge_map(argument: Data) -> Data:
    """Merge deeply; where both have a value, the second wins."""
    first, second = items_of(argument, 2, 2)
    for given in (first, second):
        if isinstance(given, Unknown):
            return Unknown(MAP, given.of, faulty=given.faulty)
    return _merged(map_of(first, "the first argument"), map_of(second, "the second argument"))


def _merged(first: dict[str, Data], second: dict[str, Data]) -> dict[str, Data]:
    result = dict(first)
    for key, value in second.items():
        before = result.get(key)
        both = isinstance(before, dict) and isinstance(value, dict)
        result[key] = _merged(before, value) if both else value  # type: ignore[arg-type]  # `both` says so
    return result
