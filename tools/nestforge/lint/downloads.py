"""What scripts fetch and run at once."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nestforge.model.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = r"(?P<{0}>https?://[^\s\"'|;&)\\]{{1,300}})"
_SHELL = r"(?:sudo\s+(?:-\S+\s+)*)?(?:/bin/)?(?:ba|z|da)?sh\b"
_PIPED = pattern(
    rf"\b(?:curl|wget)\b[^|;&#\n]{{0,120}}?{_ADDRESS.format('piped')}[^|;&#\n]{{0,120}}\|\s*{_SHELL}"
    rf"|{_SHELL}\s+(?:-\w+\s+)*[\"']?(?:<\(|\$\(|`)\s*(?:curl|wget)\b[^|;&#\n]{{0,120}}?{_ADDRESS.format('inside')}"
)
_BEYOND = 1 << 60
"""No line has this number."""

_OURS = pattern(r"http://(?:localhost|127\.|10\.|192\.168\.|100\.100\.|[^/]*[.-]internal\.|mirrors\.cloud\.)")


class Download(NamedTuple):
    """What a shell runs as it comes; the place counts from 1."""

    line: int
    column: int
    address: str

    @property
    def is_plain(self) -> bool:
        """Whether nothing protects it on its way through the internet."""
        return self.address.startswith("http://") and not _OURS.match(self.address)


@lru_cache(maxsize=1)  # two rules ask about the same template
def piped_downloads(text: str) -> tuple[Download, ...]:
    """Return what is downloaded into a shell; comments are left out, lines that are continued are one."""
    return tuple(_downloads(text)) if "http" in text else ()


def _downloads(text: str) -> Iterator[Download]:
    for starts, command in _commands(text):
        fetches = "http" in command and ("curl" in command or "wget" in command)
        if fetches and not command.lstrip().startswith("#"):
            for found in _PIPED.finditer(command):
                index = bisect_right(starts, (found.start(), _BEYOND)) - 1
                start, line = starts[index]
                yield Download(line, found.start() - start + 1, found["piped"] or found["inside"])


def _commands(text: str) -> Iterator[tuple[list[tuple[int, int]], str]]:
    """Yield each line with those that it goes on in: where each begins in the whole, and its number.

    A line by itself that names no address is left out.
    """
    starts: list[tuple[int, int]] = []
    parts: list[str] = []
    length = 0
    for number, line in enumerate(text.split("\n"), 1):
        goes_on = line[-1:] == "\\"
        if not goes_on and not parts:
            if "http" in line:
                yield [(0, number)], line
            continue
        starts.append((length, number))
        parts.append(line[:-1] if goes_on else line)
        length += len(parts[-1])
        if not goes_on:
            yield starts, "".join(parts)
            starts, parts, length = [], [], 0
    if parts:
        yield starts, "".join(parts)
