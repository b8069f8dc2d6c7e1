"""A document that needs no other file."""

from __future__ import annotations

import base64
import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_IMAGE = re.compile(r"(!\[[^\]]*\]\()([^)\s:]+)(\))")
_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}


def self_contained(markdown: str, folder: str, read: Callable[[str], bytes]) -> str:
    """Return `markdown`, which lies in `folder`, with its relative images as data: addresses.

    It is read far from the folder that it was written in; what lies there is not touched.
    """

    def inline(found: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(folder, found[2]))
        kind = _TYPES[posixpath.splitext(path)[1]]
        return f"{found[1]}data:{kind};base64,{base64.b64encode(read(path)).decode()}{found[3]}"

    return _IMAGE.sub(inline, markdown)
