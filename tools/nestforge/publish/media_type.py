"""The media type of the files that a package holds; a table, for the system's one differs by machine."""

from __future__ import annotations

import posixpath

_BY_SUFFIX = {
    ".gif": "image/gif",
    ".gz": "application/gzip",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".tgz": "application/gzip",
    ".webp": "image/webp",
    ".yaml": "application/yaml; charset=utf-8",
    ".yml": "application/yaml; charset=utf-8",
    ".zip": "application/zip",
}


def media_type(path: str) -> str:
    """Return the media type that goes with the ending of `path`."""
    return _BY_SUFFIX.get(posixpath.splitext(path)[1].lower(), "application/octet-stream")
