"""Whether two values are the same, as ROS compares."""

from __future__ import annotations

from nestforge.evaluate.data import ANY, BOOLEAN, LIST, MAP, NULL, Unknown, first_unknown, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def same(first: Data, second: Data) -> bool | Unknown:
    """Compare, type and all; what is not known of either leaves it open, unless the types differ."""
    kinds = {kind_of(first), kind_of(second)}
    if len(kinds) == 2 and ANY not in kinds:
        return False
    unknown = first_unknown([first, second])
    if unknown is not None:
        return Unknown(BOOLEAN, unknown.of, faulty=unknown.faulty)
    if kinds & {LIST, MAP}:
        return _typed(first) == _typed(second)
    return kinds == {NULL} or first == second


def is_in(item: Data, entries: list[Data]) -> bool | Unknown:
    """Return whether an entry is the same; one that is decides, whatever is not known of the others."""
    answers = [same(item, entry) for entry in entries]
    if True in answers:
        return True
    return next((answer for answer in answers if isinstance(answer, Unknown)), False)


def key_of(data: Data) -> str:
    """Return a text that is the same for the same values."""
    return repr(_typed(data))


def _typed(data: Data) -> object:
    """Return what differs where `True == 1` does not."""
    if isinstance(data, list):
        return [_typed(item) for item in data]
    if isinstance(data, dict):
        return {key: _typed(item) for key, item in data.items()}
    if kind_of(data) == BOOLEAN:
        return BOOLEAN, bool(data)  # a secret one is a number to Python
    whole = isinstance(data, float) and data.is_integer()
    return kind_of(data), int(data) if whole and isinstance(data, float) else data
