"""What a Markdown document is made of, for rules: headings, links, images, tables and blocks of code."""

from __future__ import annotations

import re
from collections import Counter

from nestforge.model.dataclass import dataclass, field
from nestforge.model.diagnostic import Span
from nestforge.sources.kept import kept

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_SHELLS = ("", "bash", "sh", "shell", "console")
_FENCE = re.compile(r"^(\s*)(`{3,}|~{3,})(.*)$")
_TARGET = r"\(\s*(?:<([^<>\n]*)>|([^()\s<>]+(?:\([^()\s]*\)[^()\s]*)*))"
_TEXT = r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]"
_IMAGE = re.compile(rf"!{_TEXT}{_TARGET}")
_LINK = re.compile(rf"(?<!!){_TEXT}{_TARGET}")
_SOURCE = re.compile(r"<img\b[^<>]*?\bsrc\s*=\s*[\"']([^\"'<>]+)[\"']", re.IGNORECASE)
_ADDRESS = re.compile(r"<a\b[^<>]*?\bhref\s*=\s*[\"']([^\"'<>]+)[\"']", re.IGNORECASE)
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]^][^\[\]]*\]:\s*<?([^\s<>]+)>?")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=[ \t]|$)")
_QUOTED = re.compile(r"(?: {0,3}> ?)+")
_QUOTED_ONCE = re.compile(r" {0,3}> ?")
_CLOSING = re.compile(r"(?:^|[ \t])#+$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-+)$")
_NO_TEXT = re.compile(r"^ {0,3}(?:[-*+>|#]|\d+[.)]|$)|^ {4}")
_TABLE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?")
_RULE = frozenset("|:- \t")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_NAMED = re.compile(r"<[a-z][a-z0-9]*\b[^<>]*?\b(?:id|name)\s*=\s*[\"']([^\"'<>]+)[\"']", re.IGNORECASE)
_OWN_ANCHOR = re.compile(r"\{:?\s*#([^\s{}]+)[^{}]*\}$")
_FRONT = re.compile(r"\A---\n(?:.*\n){0,200}?---(?:\n|\Z)")
_NO_LETTER = re.compile(r"[^\w\- ]")
_LONGEST_LINE = 5_000
"""Characters. What stands in a longer line is not looked at: it is no text that a person wrote."""


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a link or an image: where, and as it is written."""

    line: int
    column: int
    address: str

    def span(self, path: str) -> Span:
        """Return its place in the document at `path`."""
        return Span(path, self.line, self.column, self.line, self.column + len(self.address))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, its level, and the names by which renderers let it be linked to."""

    line: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: the line of its first line of text, its language, its text without the indentation."""

    line: int
    language: str
    text: str


@dataclass()
class Outline:
    """What a document has. `unclosed` is the line of the fence that nothing closes."""

    headings: list[Heading] = field(default_factory=list)
    links: list[Address] = field(default_factory=list)
    images: list[Address] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    unclosed: int | None = None

    @property
    def anchors(self) -> set[str]:
        """The names that a link can lead to, as GitHub and as MkDocs make them."""
        found = set(self.names)
        for anchor, between in ((github_anchor, "-"), (mkdocs_anchor, "_")):
            taken: Counter[str] = Counter()
            for heading in self.headings:
                name = anchor(heading.text)
                found.add(f"{name}{between}{taken[name]}" if taken[name] else name)
                taken[name] += 1
        return found


@kept
def outline(text: str) -> Outline:
    """Return what a document is made of, in one pass over its lines."""
    result = Outline()
    opened: tuple[str, int, int, str] | None = None
    depth = 0
    code: list[str] = []
    comment = False
    before = ""
    text = _FRONT.sub(lambda front: "\n" * front[0].count("\n"), text, count=1)
    for number, line in enumerate(text.split("\n"), 1):
        if opened is not None:
            inner = _unquoted(line, depth)
            if inner is None or _closes(inner, opened[0]):
                result.blocks.append(Block(opened[1] + 1, opened[3], "\n".join(code)))
                opened, code, before = None, [], ""
            else:
                code.append(_dedented(inner, opened[2]))
            if inner is not None:
                continue  # else the quotation has ended, and the block with it
        if comment or line.lstrip().startswith("<!--"):
            comment = "-->" not in line
            continue
        quoted = _QUOTED.match(line) if len(line) <= _LONGEST_LINE else None
        fence = _FENCE.match(line[quoted.end() :] if quoted else line) if len(line) <= _LONGEST_LINE else None
        if fence and not (fence[2][0] == "`" and "`" in fence[3]):
            depth = quoted[0].count(">") if quoted else 0
            words = fence[3].strip().lstrip("{.").split()
            opened = (fence[2], number, len(fence[1]), words[0].rstrip("}").lower() if words else "")
            continue
        if len(line) <= _LONGEST_LINE:
            _read_line(result, number, line, before)
        before = line
    result.unclosed = opened[1] if opened and not depth else None
    return result


def shell_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of code that are for a shell, or for no one by name."""
    yield from (block for block in outline(text).blocks if block.language in _SHELLS)


def _read_line(result: Outline, number: int, line: str, before: str) -> None:
    bare = line.rstrip()
    if heading := _HEADING.match(line):
        _add_heading(result, number, len(heading[1]), _CLOSING.sub("", bare[heading.end() :].strip()).rstrip())
    elif (under := _UNDERLINE.match(bare)) and not _NO_TEXT.match(before):
        _add_heading(result, number - 1, 1 if under[1][0] == "=" else 2, before.strip())
    elif "|" in line and "|" in before and set(line) <= _RULE and _TABLE.fullmatch(bare.lstrip()):
        result.tables.append(number)
    plain = _CODE.sub(lambda code: " " * len(code[0]), line) if "`" in line else line
    if "[" in plain:
        result.images += _found(number, plain, _IMAGE)
        result.links += _found(number, plain, _LINK, _DEFINITION)
    if "<" in plain:
        result.images += _found(number, plain, _SOURCE)
        result.links += _found(number, plain, _ADDRESS)
        result.names.update(_NAMED.findall(plain))


def _add_heading(result: Outline, line: int, level: int, text: str) -> None:
    own = _OWN_ANCHOR.search(text)
    if own:
        result.names.add(own[1])
    result.headings.append(Heading(line, level, text[: own.start()].rstrip() if own else text))


def _found(number: int, line: str, *patterns: re.Pattern[str]) -> Iterator[Address]:
    for pattern in patterns:
        for match in pattern.finditer(line):
            group = next((index for index in range(1, (pattern.groups or 0) + 1) if match[index]), 0)
            if group:
                yield Address(number, match.start(group) + 1, match[group])


def github_anchor(text: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return _NO_LETTER.sub("", _plain(text).strip().lower()).replace(" ", "-")


def mkdocs_anchor(text: str) -> str:
    """Return the anchor that MkDocs gives a heading when it keeps letters of every script."""
    return re.sub(r"[-\s]+", "-", _NO_LETTER.sub("", _plain(text)).strip().lower())


def _plain(text: str) -> str:
    """Return a heading without the marks of code, links and emphasis; what is code is kept as it is written."""
    if "`" in text:
        parts = _CODE.split(text)  # before, the signs, the code, and again
        return "".join(
            part if index % 3 == 2 else _without_marks(part) for index, part in enumerate(parts) if index % 3 != 1
        )
    return _without_marks(text)


def _without_marks(text: str) -> str:
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    return re.sub(r"<[^<>]*>", "", text).replace("*", "")


def _closes(line: str, signs: str) -> bool:
    fence = _FENCE.match(line)
    return fence is not None and fence[2][0] == signs[0] and len(fence[2]) >= len(signs) and not fence[3].strip()


def _unquoted(line: str, depth: int) -> str | None:
    """Return a line without the signs of the quotations that it is in, None where it is not in as many."""
    for _ in range(depth):
        sign = _QUOTED_ONCE.match(line)
        if sign is None:
            return None
        line = line[sign.end() :]
    return line


def _dedented(line: str, indentation: int) -> str:
    blank = len(line) - len(line.lstrip())
    return line[min(blank, indentation) :]
