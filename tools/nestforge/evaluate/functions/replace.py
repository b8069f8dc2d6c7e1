"""`Fn::Replace`: a text with some pieces exchanged."""

from __future__ import annotations

from nestforge.evaluate.arguments import as_text, check_length, items_of, joined, map_of, wrong
from nestforge.evaluate.data import LIST, MAP, STRING, SecretText, Unknown, kind_of
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.shown import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data

    Part = str | Unknown


def replace(argument: Data) -> Data:
    """Exchange `[{old: new}, text]` one after the other; null stays null."""
    given, text = items_of(argument, 2, 2)
    if text is None:
        return None
    if isinstance(given, Unknown):
        return Unknown(STRING, given.of, faulty=given.faulty)
    if isinstance(text, Unknown):
        parts: list[Part] = list(text.parts) or [text]
    elif isinstance(text, str):
        parts = [text]
    else:
        wrong("the text", "a string", text)
    for old, new in map_of(given, "the replacements").items():
        if not old:
            raise Fault("the text to replace is empty")
        if kind_of(new) in (LIST, MAP):
            wrong(f"the replacement of {quoted(old)}", "a string, a number or a boolean", new)
        fresh: Part = new if isinstance(new, Unknown) else as_text(new)
        parts = [piece for part in parts for piece in _exchanged(part, old, fresh)]
    return joined(parts)


def _exchanged(part: Part, old: str, new: Part) -> list[Part]:
    if isinstance(part, Unknown) or old not in part:
        return [part]
    pieces = part.split(old)
    if isinstance(part, SecretText):  # where its secret is, is not known any more
        if isinstance(new, Unknown):
            return _between([SecretText(piece) for piece in pieces], new)
        check_length(len(part) + len(pieces) * len(new))
        shown = new.shown if isinstance(new, SecretText) else new
        hidden = old.shown if isinstance(old, SecretText) else old
        return [SecretText(new.join(pieces), part.shown.replace(hidden, shown))]
    check_length(len(part) + len(pieces) * (len(new) if isinstance(new, str) else 1))
    return _between(pieces, new)


def _between(pieces: list[str], new: Part) -> list[Part]:
    result: list[Part] = [pieces[0]]
    for piece in pieces[1:]:
        result += [new, piece]
    return result
