"""`Fn::Add`: a sum of numbers, or lists or maps put together."""

from __future__ import annotations

from nestforge.evaluate.arguments import LONGEST_LIST, check_length, items_of, number_of, wrong
from nestforge.evaluate.data import ANY, LIST, MAP, NUMBER, Unknown, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def add(argument: Data) -> Data:
    """Add arguments that are all numbers, all lists or all maps; of equal keys the last one wins.

    A single list in place of the arguments is taken for the arguments.
    """
    given = items_of(argument, 1)
    if len(given) == 1 and isinstance(given[0], list):
        given = given[0]
    if len(given) == 1 and not isinstance(given[0], Unknown):
        return wrong("the only argument", "at least two arguments, or one list of them", given[0])
    kinds = {kind_of(item) for item in given if not isinstance(item, Unknown)}
    unknown = next((item for item in given if isinstance(item, Unknown)), None)
    if unknown is not None:
        return Unknown(kinds.pop() if len(kinds) == 1 else ANY, unknown.of, faulty=unknown.faulty)
    if kinds == {NUMBER}:
        return sum(number_of(item, "an argument") for item in given)
    if kinds == {LIST}:
        lists = [item for item in given if isinstance(item, list)]
        check_length(sum(map(len, lists)), LONGEST_LIST)
        return [entry for entries in lists for entry in entries]
    if kinds == {MAP}:
        return {key: value for item in given if isinstance(item, dict) for key, value in item.items()}
    return wrong("the list of arguments", "all numbers, all lists or all maps", given)
