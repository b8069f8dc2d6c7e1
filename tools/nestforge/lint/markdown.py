"""The fences and the images of a Markdown document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE = re.compile(r"^(\s*)(`{3,}|~{3,})(.*)$")
_SHELLS = ("", "bash", "sh", "shell", "console")
_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*<?([^)>\s]+)>?[^)]*\)|<img\b[^>]*?\bsrc\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Image:
    """An image that a document shows: where, and the address as it is written."""

    line: int
    column: int
    address: str


def unclosed_fence(text: str) -> int | None:
    """Return the line of the fence that nothing closes."""
    opened: tuple[str, int] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        opened = _after(line, number, opened)
    return opened[1] if opened else None


def images(text: str) -> Iterator[Image]:
    """Yield the images outside of fences."""
    opened: tuple[str, int] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        opened = _after(line, number, opened)
        if opened is None:
            for found in _IMAGE.finditer(line):
                group = 1 if found[1] else 2
                yield Image(number, found.start(group) + 1, found[group])


def shell_blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the fenced blocks that are for a shell, or for no one by name: the line they begin at, and their text."""
    opened: tuple[str, int] | None = None
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        before, opened = opened, _after(line, number, opened)
        if before is not None and opened is None:
            begin = before[1]
            fence = _FENCE.match(lines[begin - 1])
            if fence and fence[3].strip().partition(" ")[0].lower() in _SHELLS:
                yield begin + 1, "\n".join(lines[begin : number - 1])


def _after(line: str, number: int, opened: tuple[str, int] | None) -> tuple[str, int] | None:
    """Return the fence that is open after `line`: it closes with as many of its own signs, and nothing else."""
    fence = _FENCE.match(line)
    if fence is None:
        return opened
    signs, rest = fence[2], fence[3]
    if opened is None:
        return None if "`" in rest and signs[0] == "`" else (signs, number)
    closes = signs[0] == opened[0][0] and len(signs) >= len(opened[0]) and not rest.strip()
    return None if closes else opened
