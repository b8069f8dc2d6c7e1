"""`Fn::Join`: the entries of a list as one text."""

from __future__ import annotations

from nestforge.evaluate.arguments import as_text, items_of, joined, list_of, text_of, wrong
from nestforge.evaluate.data import LIST, STRING, Unknown, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def join(argument: Data) -> Data:
    """Put `delimiter` between the entries: texts, whole numbers, booleans; null is nothing."""
    delimiter, entries = items_of(argument, 2, 2)
    if entries is None:
        return ""
    if isinstance(entries, Unknown) or isinstance(delimiter, Unknown):
        unknown = entries if isinstance(entries, Unknown) else delimiter
        return Unknown(STRING, unknown.of, faulty=unknown.faulty) if isinstance(unknown, Unknown) else ""
    between = text_of(delimiter, "the delimiter")
    parts: list[str | Unknown] = []
    for entry in list_of(entries, "the list"):
        if parts:
            parts.append(between)
        if kind_of(entry) in (LIST, "map") or (isinstance(entry, float) and not entry.is_integer()):
            wrong("an entry", "a string, a whole number, a boolean or null", entry)
        parts.append(entry if isinstance(entry, Unknown) else as_text(entry))
    return joined(parts)
