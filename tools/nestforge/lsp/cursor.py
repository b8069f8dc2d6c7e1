"""Read a text that somebody is in the middle of typing: put a mark where the cursor is, and see where it ends up.

A half-written key is no YAML. With the mark and what is missing after it (a colon, a quote, a bracket, a comma) the
text can be composed again, and the tree then says what the cursor is in, and what else is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.lsp.spot import Position, spot_at
from nestforge.sources.template import Template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lsp.composer import Composer
    from nestforge.lsp.spot import Spot

_MARK = "nestforgeCursor"
_WORD_ALONE = re.compile(r"\s*[\w.:]*")
_BEGINNING = re.compile(r"(?:\s*(?:- +)*|.*[{,]\s*)[\"']?[\w.:]*")
_CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Cursor:
    """The template around the cursor. `typed` is what of the scalar, the key or the tag is before the cursor."""

    template: Template
    spot: Spot
    typed: str
    before: str
    after: str
    is_json: bool

    @property
    def in_quotes(self) -> str:
        """The quote that is open before the cursor, if one is."""
        return _open_in(self.before)[-1:].strip("[{")

    @property
    def on_tag(self) -> bool:
        """Whether a short tag is being typed."""
        return _MARK in self.spot.node.tag

    @property
    def has_line_of_its_own(self) -> bool:
        """Whether a mapping can begin here: nothing else is on the line, or a bracket is open."""
        return _BEGINNING.fullmatch(self.before) is not None


def cursor_at(text: str, position: Position, composer: Composer, path: str) -> Cursor | None:
    """Return where the cursor is; None where that cannot be told."""
    lines = text.split("\n")
    if position.line >= len(lines):
        return None
    before, after = lines[position.line][: position.column], lines[position.line][position.column :]
    is_json = text.lstrip("\ufeff \t\r\n").startswith("{")
    follows = "\n".join([after, *lines[position.line + 1 : position.line + 20]])
    precedes = "\n".join([*lines[max(position.line - 20, 0) : position.line], before])
    doubtful: Cursor | None = None
    for written, at in _variants(before, after, precedes if is_json else "", follows):
        marked = "\n".join([*lines[: position.line], written, *lines[position.line + 1 :]])
        composed = composer.compose(marked)
        spot = spot_at(composed.root, Position(position.line, at))
        typed = spot.node.tag if _MARK in spot.node.tag else spot.text or ""
        if _MARK in typed:
            template = Template(path, marked, composed.root)
            found = Cursor(template, spot, typed[: typed.index(_MARK)], before, after, is_json)
            if composed.error is None:
                return found
            doubtful = doubtful or found
    return doubtful


def _variants(before: str, after: str, precedes: str, follows: str) -> Iterator[tuple[str, int]]:
    """Yield the line with the mark in it, in the ways in which it may become YAML, and the column of the mark.

    `precedes` is the text before the cursor where commas separate what is on different lines.
    """
    comma = _comma_before(precedes)
    head = before[:comma] + "," + before[comma:] if comma is not None else before
    missing = "".join(_CLOSING.get(sign, sign) for sign in reversed(_open_in(before)))
    quote = missing[:1].strip("]}")
    endings = ["", ":"] if not _WORD_ALONE.fullmatch(before) else [":", ""]
    if precedes:
        rest = follows[len(quote) :].lstrip() if follows.startswith(quote) else follows.lstrip()
        separated = quote + ("" if rest[:1] in ("}", "]", ",", ":", "") else ",")
        behind = after[len(quote) :] if after.startswith(quote) else after
        yield f"{head}{_MARK}{separated}{behind}", len(head)
    for ending in endings:
        yield f"{head}{_MARK}{ending}{after}", len(head)
    for ending in endings:
        yield f"{head}{_MARK}{quote}{ending}{missing[len(quote) :]}", len(head)


def _comma_before(text: str) -> int | None:
    """Return where in the last line a comma is missing before the word that is being typed."""
    start = len(text)
    while start and (text[start - 1].isalnum() or text[start - 1] in "_.:"):
        start -= 1
    if text[start - 1 : start] in ("'", '"'):
        start -= 1
    if text[:start].rstrip()[-1:] in ("", "{", "[", ",", ":"):
        return None
    return max(start - (text.rfind("\n") + 1), 0)


def _open_in(line: str) -> str:
    """Return the brackets and the quote that are open at the end of a line, from the outside in."""
    result = ""
    for index, sign in enumerate(line):
        quote = result[-1:] if result[-1:] in ("'", '"') else ""
        if quote:
            if sign == quote and not (quote == '"' and line[index - 1] == "\\"):
                result = result[:-1]
        elif sign in "[{" or (sign in "'\"" and line[max(index - 1, 0) : index] in ("", " ", ",", "[", "{")):
            result += sign
        elif result and sign == _CLOSING.get(result[-1]):
            result = result[:-1]
    return result
