"""What scripts fetch and run at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = r"(?P<{0}>https?://[^\s\"'|;&)\\]{{1,300}})"
_SHELL = r"(?:sudo\s+(?:-\S+\s+)*)?(?:/bin/)?(?:ba|z|da)?sh\b"
_PIPED = re.compile(
    rf"\b(?:curl|wget)\b[^|;&\n]{{0,120}}?{_ADDRESS.format('piped')}[^|;&\n]{{0,120}}\|\s*{_SHELL}"
    rf"|{_SHELL}\s+(?:-\w+\s+)*[\"']?(?:<\(|\$\(|`)\s*(?:curl|wget)\b[^|;&\n]{{0,120}}?{_ADDRESS.format('inside')}"
)
_OURS = re.compile(r"http://(?:localhost|127\.|10\.|192\.168\.|100\.100\.|[^/]*[.-]internal\.|mirrors\.cloud\.)")


class Download(NamedTuple):
    """What a shell runs as it comes; the place counts from 1."""

    line: int
    column: int
    address: str

    @property
    def is_plain(self) -> bool:
        """Whether nothing protects it on its way through the internet."""
        return self.address.startswith("http://") and not _OURS.match(self.address)


def piped_downloads(text: str) -> Iterator[Download]:
    """Yield what is downloaded into a shell; comments are left out."""
    if "http" not in text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if "http" in line and not line.lstrip().startswith("#"):
            for found in _PIPED.finditer(line):
                yield Download(number, found.start() + 1, found["piped"] or found["inside"])
