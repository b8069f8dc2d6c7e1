"""`Fn::Select`: an entry of a list or of a map, or a slice of a list."""

from __future__ import annotations

from nestforge.evaluate.arguments import as_text, integer_of, items_of, parse_json, wrong
from nestforge.evaluate.data import ANY, LIST, SecretText, Unknown, conceal
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.shown import quoted, shown_text
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


_SLICE = pattern(r"\s*(-?\d{1,9})?\s*:\s*(-?\d{1,9})?\s*(?::\s*(-?\d{1,9})?\s*)?")


def select(argument: Data) -> Data:
    """Select `[index, collection]`; a third argument is the default, a fourth the error when there is no entry.

    Without a default, an entry that is not there is the empty text.
    """
    index, collection, *rest = items_of(argument, 2, 4)
    if collection is None or collection == "" or index is None:
        return _missing(index, rest)
    if isinstance(index, Unknown):
        return Unknown(ANY, index.of, faulty=index.faulty)
    sliced = _SLICE.fullmatch(index) if isinstance(index, str) else None
    if isinstance(collection, Unknown):
        of = collection.of if collection.faulty else f"{collection.of}[{shown_text(as_text(index))}]"
        return Unknown(LIST if sliced else ANY, of, faulty=collection.faulty)
    secret = isinstance(collection, SecretText)
    if isinstance(collection, str):
        collection = parse_json(collection)
    if isinstance(collection, dict):
        key = as_text(index)
        found = collection[key] if key in collection else _missing(index, rest)
    elif not isinstance(collection, list):
        wrong("the collection", "a list, a map, or JSON text of one", collection)
    elif sliced:
        start, stop, step = (int(number) if number else None for number in sliced.groups())
        if step == 0:
            raise Fault("the step of the slice is 0")
        found = collection[slice(start, stop, step)]
    else:
        position = integer_of(index, "the index")
        inside = -len(collection) <= position < len(collection)
        found = collection[position] if inside else _missing(index, rest)
    return conceal(found) if secret else found


def _missing(index: Data, rest: list[Data]) -> Data:
    if len(rest) > 1 and rest[1] is not None:
        raise Fault(f"there is no entry {quoted(index)}: {quoted(rest[1], 200)}")
    return "" if not rest or rest[0] is None else rest[0]
