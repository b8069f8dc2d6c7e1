"""Compose a template again and again as it is edited: unchanged parts are not read again, broken ones are skipped.

A template in block style is cut where an entry of the document begins, and where an entry of a section does. Each
part is composed by itself, at its own line; where all of them can be, they are together what the whole would be:
YAML is read from the left, and a part that ends in the middle of something cannot be composed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nestforge.sources.compose import compose
from nestforge.sources.libyaml import MappingNode, MarkedYAMLError, YAMLError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    Pairs = list[tuple[Node, Node]]

_MAP = "tag:yaml.org,2002:map"
_SECTION = re.compile(r"\n(?=[A-Za-z][\w.:-]*:(?:\s|$))")
"""The end of the line above, which is found much faster than the beginning of a line."""
_HEAD_ALONE = re.compile(r"[A-Za-z][\w.:-]*:[ \t]*(?:#.*)?\r?\n")
_FIRST_ENTRY = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n)*( +)[^\s#-]")
_ANCHOR = re.compile(r"[&*](?<![^\s\[{,].)[\w-]")
_BEFORE_ANCHOR = re.compile(r"(?:^|[:?-] |[\[{,]|!\S* ) *$")

_MOST_LINES = 5000
"""Of a longer text the parts are not told apart: each is composed below as many empty lines as are above it."""

_LONGEST_TAG = 100
_MOST_SKIPPED = 8
"""Lines of a part that are passed over before the part is given up."""


@dataclass(frozen=True, slots=True)
class Composed:
    """The nodes of a text, without what cannot be read; `error` is why the text is no YAML, if it is none.

    `by_parts`: what stands below the keys of each section are the nodes of the version before where it has not
    changed, and no node stands in two places.
    """

    root: Node
    error: YAMLError | None = None
    by_parts: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """The entries of a part, in the lines where they stand.

    `whole` says that none is missing and that none depends on another part. `error` is what keeps the part from being
    YAML, where it keeps the text from it in the same words: a sign that does not belong where it is.
    """

    pairs: Pairs
    whole: bool
    error: YAMLError | None = None


_Section = tuple[_Part, dict[tuple[int, str], _Part]]
"""A section, and the parts that were read for it, each by its line and its text."""


class Composer:
    """Composes the versions of one text. What it has read of a version is kept for the next one."""

    def __init__(self) -> None:
        self._before: dict[tuple[int, str], _Part] = {}
        self._now: dict[tuple[int, str], _Part] = {}
        self._sections: dict[tuple[int, str], _Section] = {}

    def compose(self, text: str) -> Composed:
        """Return the nodes of `text`."""
        starts = _starts(_SECTION, text, 0) if text.count("\n") <= _MOST_LINES else []
        self._before, self._now = self._now, {}
        before, self._sections = self._sections, {}
        parts = [self._recalled(*stretch, before) for stretch in _stretches(text, starts, 0)]
        pairs = [pair for part in parts for pair in part.pairs]
        if pairs and all(part.whole for part in parts) and _says_nothing(text[: starts[0]]):
            return Composed(_mapping(pairs), by_parts=True)
        broken = next((part for part in parts if not part.whole), None)
        if broken is not None and broken.error is not None:
            return Composed(_mapping(pairs) if pairs else _nothing(), broken.error)
        try:
            return Composed(compose(text) or _nothing())
        except YAMLError as error:
            pairs = pairs or _read(text, 0).pairs
            return Composed(_mapping(pairs) if pairs else _nothing(), error.with_traceback(None))

    def _recalled(self, text: str, line: int, before: dict[tuple[int, str], _Section]) -> _Part:
        """Return a section; one that has not changed is the same object, with all that it was put together of."""
        section = before.get((line, text))
        if section is None:
            outside, self._now = self._now, {}
            section = self._section(text, line), self._now
            self._now = outside
        self._sections[line, text] = section
        self._now |= section[1]
        return section[0]

    def _section(self, text: str, line: int) -> _Part:
        """Return a section, put together of its own entries where these stand in lines of their own."""
        head = _HEAD_ALONE.match(text)
        first = _FIRST_ENTRY.match(text, head.end()) if head else None
        if head is None or first is None:
            return self._part(text, line)
        starts = _starts(_entries_at(len(first[1])), text, first.start(1))
        inner = [self._part(*stretch) for stretch in _stretches(text, starts, line)]
        pairs = [pair for part in inner for pair in part.pairs]
        if not pairs:
            return self._part(text, line)
        broken = next((part for part in inner if not part.whole), None)
        error = broken.error if broken is not None else None
        if broken is not None and error is None:
            together = self._part(text, line, most_skipped=0)
            if together.whole:
                return together
            error = together.error
        key, _ = self._part(text[: head.end()], line).pairs[0]
        return _Part([(key, _mapping(pairs))], broken is None, error)

    def _part(self, text: str, line: int, most_skipped: int = _MOST_SKIPPED) -> _Part:
        known = line, text
        part = self._now.get(known) or self._before.get(known) or _read(text, line, most_skipped)
        self._now[known] = part
        return part


def _read(text: str, line: int, most_skipped: int = _MOST_SKIPPED) -> _Part:
    """Compose a part that begins at `line`; where it is broken, without the lines that YAML stumbles over."""
    lines = text.split("\n")
    end = line + len(lines) - 1
    whole = not _has_anchor(text)
    first_error: YAMLError | None = None
    for _ in range(most_skipped + 1):
        try:
            root = compose("\n" * line + "\n".join(lines))
        except YAMLError as error:
            whole = False
            first_error = first_error or error.with_traceback(None)  # its frames have it: there would be a cycle
            stumbled = _stumbled_over(error, lines, line)
            if stumbled is None:
                break
            lines[stumbled] = ""
        else:
            pairs = root.value if isinstance(root, MappingNode) else []
            whole = whole and not getattr(root, "flow_style", True)  # a map in braces is no entry among others
            return _Part(
                pairs, whole and bool(pairs), _in_the_same_words(first_error, end, is_section=not text.startswith(" "))
            )
    return _Part([], whole=False, error=_in_the_same_words(first_error, end, is_section=not text.startswith(" ")))


def _has_anchor(text: str) -> bool:
    """Return whether a part may have an anchor, which is known in the parts below too, or an alias of one above."""
    return any(_BEFORE_ANCHOR.search(_line_before(text, found.start())) for found in _ANCHOR.finditer(text))


def _line_before(text: str, end: int) -> str:
    start = max(0, end - _LONGEST_TAG)
    return text[max(start, text.rfind("\n", start, end) + 1) : end]


def _in_the_same_words(error: YAMLError | None, end: int, *, is_section: bool) -> YAMLError | None:
    """Return an error that is noticed before line `end`, where it does not speak of what is around the part.

    The scanner knows nothing of that; the parser speaks of the entries around, which a section has none of.
    """
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None or error.problem_mark.line >= end:
        return None
    return error if is_section or (error.context or "").startswith("while scanning") else None


def _stumbled_over(error: YAMLError, lines: list[str], first: int) -> int | None:
    """Return the line to pass over: what lacks a colon or a quote is noticed only where something follows it."""
    if not isinstance(error, MarkedYAMLError):
        return None
    noticed_late = error.context is not None and ("simple key" in error.context or "quoted" in error.context)
    mark = error.context_mark if noticed_late else error.problem_mark or error.context_mark
    at = _last_written(lines, mark.line - first) if mark is not None else None
    if at is not None and (error.problem or "").startswith("mapping values"):
        above = _last_written(lines, at - 1)
        return above if above is not None and ":" not in lines[above] else at
    return at


def _last_written(lines: list[str], at: int) -> int | None:
    """Return the last line up to `at` that is not empty."""
    return next((line for line in range(min(at, len(lines) - 1), -1, -1) if lines[line].strip()), None)


def _says_nothing(text: str) -> bool:
    """Return whether there is nothing but comments, and the mark at which a document begins."""
    lines = text.removeprefix("\ufeff").split("\n")
    return all(not line.strip() or line.startswith("#") or line.rstrip() == "---" for line in lines)


def _starts(line_end: re.Pattern[str], text: str, first: int) -> list[int]:
    """Return where lines begin, from `first` on, that follow such an end of a line."""
    begins = line_end.match("\n" + text[first : text.find("\n", first) + 1 or len(text)])
    return [*([first] if begins else []), *(found.end() for found in line_end.finditer(text, first))]


def _stretches(text: str, starts: list[int], line: int) -> Iterator[tuple[str, int]]:
    """Yield what is between the starts, and at which line each begins; `text` begins at `line`."""
    above = 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True) if starts else ():
        line += text.count("\n", above, start)
        above = start
        yield text[start:end], line


@lru_cache(maxsize=16)
def _entries_at(indent: int) -> re.Pattern[str]:
    return re.compile(rf"\n(?= {{{indent}}}(?:[^\s#-]|-\S))")


def _mapping(pairs: Pairs) -> MappingNode:
    return MappingNode(_MAP, pairs, pairs[0][0].start_mark, pairs[-1][1].end_mark)


def _nothing() -> Node:
    root = compose("{}")
    assert root is not None
    return root
