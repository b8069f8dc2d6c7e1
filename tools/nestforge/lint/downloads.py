"""What scripts fetch and run at once."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = r"(?P<{0}>https?://[^\s\"'|;&)\\]{{1,300}})"
_SHELL = r"(?:sudo\s+(?:-\S+\s+)*)?(?:/bin/)?(?:ba|z|da)?sh\b"
_PIPED = pattern(
    rf"\b(?:curl|wget)\b[^|;&#\n]{{0,120}}?{_ADDRESS.format('piped')}[^|;&#\n]{{0,120}}\|\s*{_SHELL}"
    rf"|{_SHELL}\s+(?:-\w+\s+)*[\"']?(?:<\(|\$\(|`)\s*(?:curl|wget)\b[^|;&#\n]{{0,120}}?{_ADDRESS.format('inside')}"
)
_FETCHES = ("curl", "wget")
_MOST_REMEMBERED = 256
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
        if "http" in command and not command.lstrip().startswith("#"):
            for at, address in _piped_in(command):
                index = bisect_right(starts, (at, _BEYOND)) - 1
                start, line = starts[index]
                yield Download(line, at - start + 1, address)


@lru_cache(maxsize=_MOST_REMEMBERED)  # while a template is edited, most of its commands stay what they are
def _piped_in(command: str) -> tuple[tuple[int, str], ...]:
    """Return where something is piped into a shell, and its address."""
    return tuple((found.start(), found["piped"] or found["inside"]) for found in _PIPED.finditer(command))


def _commands(text: str) -> Iterator[tuple[list[tuple[int, int]], str]]:
    """Yield each line that fetches something with those that it goes on in: where each begins, and its number."""
    end = counted = 0
    number = 1
    for at in sorted(at for name in _FETCHES for at in _places_of(name, text)):
        if at < end:
            continue
        begin, end = _whole_command(text, at)
        number += text.count("\n", counted, begin)
        counted = begin
        starts: list[tuple[int, int]] = []
        length = 0
        parts = [line.removesuffix("\\") for line in text[begin:end].split("\n")]
        for index, part in enumerate(parts):
            starts.append((length, number + index))
            length += len(part)
        yield starts, "".join(parts)


def _places_of(name: str, text: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


def _whole_command(text: str, at: int) -> tuple[int, int]:
    """Return where the line at a place begins and ends, with those that go on in each other."""
    begin = text.rfind("\n", 0, at) + 1
    while text[max(begin - 2, 0) : begin] == "\\\n":
        begin = text.rfind("\n", 0, begin - 1) + 1
    end = _end_of_line(text, at)
    while end < len(text) and text[end - 1] == "\\":
        end = _end_of_line(text, end + 1)
    return begin, end


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)
