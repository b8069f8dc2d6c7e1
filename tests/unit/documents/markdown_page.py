"""What the tests ask of a Markdown page: its fenced blocks, its prose, its anchors, its outline."""

from __future__ import annotations

import re
from typing import NamedTuple

FENCE = re.compile(r"^( *)(`{3,})(\w*)$")
HEADING = re.compile(r"^(#+) (.+)$")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)]+)\)")


class Block(NamedTuple):
    """A fenced block, the line of its first line, and its language."""

    line: int
    language: str
    text: str


def blocks(text: str) -> list[Block]:
    """Return the fenced blocks; one that is open, nameless or indented fails.

    Python-Markdown, which MkDocs renders with, knows no fence inside a list: it prints the fence as text.
    """
    found: list[Block] = []
    begin, ticks, language = 0, "", ""
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        fence = FENCE.match(line)
        if not begin and fence:
            begin, ticks, language = number, fence[2], fence[3]
            assert language, f"line {number}: a fence opens without a language, or closes none"
            assert not fence[1], f"line {number}: a fence stands inside a list"
        elif begin and fence and fence[2] == ticks and not fence[3]:
            assert not fence[1], f"line {number}: a fence closes at another depth than line {begin}"
            found.append(Block(begin + 1, language, "\n".join([*lines[begin : number - 1], ""])))
            begin = 0
    assert not begin, f"line {begin}: this fence is never closed"
    return found


def prose(text: str) -> list[str]:
    """Return the lines outside of fenced blocks."""
    hidden = {n for b in blocks(text) for n in range(b.line - 1, b.line + b.text.count("\n") + 1)}
    return [line for number, line in enumerate(text.splitlines(), 1) if number not in hidden]


def slugs(text: str) -> list[str]:
    """Return the anchors that GitHub gives to the headings."""
    headings = [m[2] for line in prose(text) if (m := HEADING.match(line))]
    plain = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
    return [slug if plain[:n].count(slug) == 0 else f"{slug}-{plain[:n].count(slug)}" for n, slug in enumerate(plain)]


def links(text: str) -> list[str]:
    """Return where the links and images of the prose lead."""
    return LINK.findall("\n".join(prose(text)))


def cells(row: str) -> list[str]:
    """Return the cells of a table's row; a `|` inside code does not count."""
    return [cell.strip() for cell in re.sub(r"`[^`]*`", lambda m: m[0].replace("|", " "), row)[1:-1].split("|")]


def outline(text: str) -> list[str]:
    """Return the kind of each line of the prose: depth of a heading, width of a table's row, item, text."""
    return [_kind(line) for line in prose(text) if line]


def _kind(line: str) -> str:
    if heading := HEADING.match(line):
        return f"heading {len(heading[1])}"
    if line.startswith("|"):
        return f"row of {len(cells(line))}"
    if item := re.match(r"(-|\d+\.) ", line):
        return f"item {item[1]}"
    return "image" if line.startswith("![") else "text"
