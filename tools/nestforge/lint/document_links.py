"""Where the links and the images of a document lead."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote, urlsplit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.lint.hints import Hints
    from nestforge.lint.package import Files


def target_of(address: str, path: str) -> str | None:
    """Return the file that a relative address in the document at `path` is for; None for any other address."""
    written = _parts(address)
    if written is None or not written[0] or written[0].startswith("/"):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), written[0]))


def anchor_of(address: str, path: str) -> tuple[str, str] | None:
    """Return the document and the heading in it that an address leads to; None for any other address."""
    written = _parts(address)
    if written is None or not written[1]:
        return None
    return (target_of(address, path) or "" if written[0] else path), written[1]


def is_there(target: str, files: Files) -> bool:
    """Return whether there is that file, or the document that it is a page of."""
    if files.has(target):
        return True
    stem = target.removesuffix("/index.html").removesuffix(".html")
    return files.has(f"{stem}.md") or files.has(f"{stem}/index.md")


def home_of(path: str) -> str:
    """Return the folder of documents that `path` is in; empty for one of the repository itself, as README.md."""
    return ".computenest/docs" if path.startswith(".computenest/") else path.rpartition("/")[0].partition("/")[0]


def is_of_the_site(target: str, path: str) -> bool:
    """Return whether a link in the repository's own document leads out of it: `../../issues` is a page of GitHub."""
    return not home_of(path) and target.startswith("../")


def near_file(target: str, path: str, files: Files, hints: Hints) -> str | None:
    """Return the file that `target` may be a mistyped name of, as a document at `path` names it."""
    folder = posixpath.dirname(path) or "."
    return hints.near_in(
        posixpath.relpath(target, folder),
        lambda: {posixpath.relpath(other, folder) for other in files.beside(target)},
    )


def _parts(address: str) -> tuple[str, str] | None:
    """Return path and anchor of an address, decoded; None for one on the web, and for one with a blank in it."""
    if "{{" in address or "${" in address:
        return None
    try:
        found = urlsplit(address)
    except ValueError:
        return None
    if found.scheme or found.netloc:
        return None
    return unquote(found.path), unquote(found.fragment)
