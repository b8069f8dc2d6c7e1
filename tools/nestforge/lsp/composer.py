"""Compose a template again and again as it is edited: unchanged parts are not read again, broken ones are skipped.

A template in block style is cut where an entry of the document begins, and where an entry of a section does. Each
part is composed by itself, at its own line; where all of them can be, they are together what the whole would be:
YAML is read from the left, and a part that ends in the middle of something cannot be composed.
A part that is the same in the next version, but on other lines, is moved there with all of its nodes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nestforge.sources.compose import compose
from nestforge.sources.libyaml import MappingNode, MarkedYAMLError, YAMLError
from nestforge.sources.moving_mark import Stretch, let_move

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


@dataclass(slots=True, eq=False)
class Part:
    """The entries of a part, in the lines where they stand; `inner` are the parts of a section.

    `whole` says that none is missing and that none depends on another part. `error` is what keeps the part from being
    YAML, where it keeps the text from it in the same words: a sign that does not belong where it is.
    """

    text: str
    line: int
    pairs: Pairs
    whole: bool
    error: YAMLError | None = None
    stretch: Stretch | None = None
    inner: tuple[Part, ...] = ()

    def moved(self, line: int) -> Part | None:
        """Return the part where it begins at another line; None where its error names lines."""
        if line != self.line:
            if any(part.error is not None for part in (self, *self.inner)):
                return None
            for part in self.inner:
                part.moved(part.line + line - self.line)
            if self.stretch is not None:
                self.stretch.line = line
            self.line = line
        return self


@dataclass(frozen=True, slots=True)
class Composed:
    """The nodes of a text, without what cannot be read; `error` is why the text is no YAML, if it is none.

    `parts`: what stands below the keys of each section are the nodes of the version before where it has not changed,
    and no node stands in two places. They are together the text; none where it was composed as a whole.
    """

    root: Node
    error: YAMLError | None = None
    parts: tuple[Part, ...] = ()


class _Left:
    """The parts of a version of which nothing has become a part of the next one."""

    def __init__(self, sections: Iterable[Part]) -> None:
        self._sections = _by_text(sections)
        self._parts: dict[str, list[Part]] | None = None

    def section(self, text: str, line: int) -> Part | None:
        """Return a section that has not changed; to be asked before parts of the others are."""
        return _taken(self._sections, text, line)

    def part(self, text: str, line: int) -> Part | None:
        """Return a part that has not changed, of a section that has."""
        return _taken(self._all_parts, text, line)

    @property
    def _all_parts(self) -> dict[str, list[Part]]:
        if self._parts is None:
            sections = [section for same in self._sections.values() for section in same]
            self._parts = _by_text(part for section in sections for part in section.inner or (section,))
        return self._parts


def _by_text(parts: Iterable[Part]) -> dict[str, list[Part]]:
    found = defaultdict[str, list[Part]](list)
    for part in parts:
        found[part.text].append(part)
    return found


def _taken(parts: dict[str, list[Part]], text: str, line: int) -> Part | None:
    same = parts.get(text)
    return same.pop(0).moved(line) if same else None


class Composer:
    """Composes the versions of one text. What it has read of a version is kept for the next one."""

    def __init__(self) -> None:
        self._sections: list[Part] = []

    def compose(self, text: str) -> Composed:
        """Return the nodes of `text`; those of the version before are where they are in this one, or are no more."""
        starts = _starts(_SECTION, text, 0) if text.count("\n") <= _MOST_LINES else []
        stretches = list(_stretches(text, starts, 0))
        left = _Left(self._sections)
        known = [left.section(*stretch) for stretch in stretches]
        parts = [part or _section(*stretch, left) for part, stretch in zip(known, stretches, strict=True)]
        self._sections = parts
        pairs = [pair for part in parts for pair in part.pairs]
        if pairs and all(part.whole for part in parts) and _says_nothing(text[: starts[0]]):
            head = Part(text[: starts[0]], 0, [], whole=True)
            return Composed(_mapping(pairs), parts=(head, *parts))
        broken = next((part for part in parts if not part.whole), None)
        if broken is not None and broken.error is not None:
            return Composed(_mapping(pairs) if pairs else _nothing(), broken.error)
        try:
            return Composed(compose(text) or _nothing())
        except YAMLError as error:
            pairs = pairs or _read(text, Stretch(0)).pairs
            return Composed(_mapping(pairs) if pairs else _nothing(), error.with_traceback(None))


def _section(text: str, line: int, left: _Left) -> Part:
    """Return a section, put together of its own entries where these stand in lines of their own."""
    head = _HEAD_ALONE.match(text)
    first = _FIRST_ENTRY.match(text, head.end()) if head else None
    if head is None or first is None:
        return _part(text, line, left)
    starts = _starts(_entries_at(len(first[1])), text, first.start(1))
    inner = [_part(*stretch, left) for stretch in _stretches(text, starts, line)]
    pairs = [pair for part in inner for pair in part.pairs]
    if not pairs:
        return _part(text, line, left)
    broken = next((part for part in inner if not part.whole), None)
    error = broken.error if broken is not None else None
    if broken is not None and error is None:
        together = _read(text, Stretch(line), most_skipped=0)
        if together.whole:
            together.inner = tuple(inner)
            return together
        error = together.error
    name = _part(text[: head.end()], line, left)
    key, _ = name.pairs[0]
    return Part(text, line, [(key, _mapping(pairs))], broken is None, error, inner=(name, *inner))


def _part(text: str, line: int, left: _Left) -> Part:
    return left.part(text, line) or _read(text, Stretch(line))


def _read(text: str, stretch: Stretch, most_skipped: int = _MOST_SKIPPED) -> Part:
    """Compose a part in its stretch; where it is broken, without the lines that YAML stumbles over."""
    lines, line = text.split("\n"), stretch.line
    end = line + len(lines) - 1
    pairs: Pairs = []
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
            break
    let_move((node for pair in pairs for node in pair), stretch)
    told = _in_the_same_words(first_error, end, is_section=not text.startswith(" "))
    return Part(text, line, pairs, whole and bool(pairs), told, stretch)


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
