"""Make a Markdown document self-contained."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING

from nestforge.publish.media_type import media_type

if TYPE_CHECKING:
    from collections.abc import Callable

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_IMAGE = re.compile(r"(!\[[^\]]*\]\(\s*<?|<img\b[^>]*?\bsrc=[\"'])([^)\"'>\s]+)")
_ABSOLUTE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)


def inline_images(markdown: str, read: Callable[[str], bytes]) -> str:
    """Return `markdown` with every relative image, outside of code blocks, as a data URI.

    A document is uploaded as one file: what stands beside it in the package does not travel along.
    `read` returns the content of a relative path.
    """
    fence = ""
    lines = []
    for line in markdown.split("\n"):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        elif not fence:
            line = _IMAGE.sub(lambda found: found[1] + _embedded(found[2], read), line)
        lines.append(line)
    return "\n".join(lines)


def _embedded(address: str, read: Callable[[str], bytes]) -> str:
    if _ABSOLUTE.match(address):
        return address
    return f"data:{media_type(address).partition(';')[0]};base64,{b64encode(read(address)).decode()}"
