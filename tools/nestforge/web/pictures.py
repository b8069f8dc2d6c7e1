"""Pictures as a page that loads nothing can show them."""

from __future__ import annotations

import posixpath
from base64 import b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


def picture(path: str, read: Callable[[str], bytes | None]) -> str | None:
    """Return the picture at `path` as a `data:` address; None where it is no picture or `read` has none.

    What runs inside an SVG file does not run in an <img>, nor does it load anything.
    """
    kind = _TYPES.get(posixpath.splitext(path)[1].lower())
    content = read(path) if kind else None
    return f"data:{kind};base64,{b64encode(content).decode()}" if content is not None else None
