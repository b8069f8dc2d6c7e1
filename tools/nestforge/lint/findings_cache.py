"""Findings of earlier runs, by what they depend on: the content, the settings, and the tool that made them."""

from __future__ import annotations

import json
import os
from hashlib import blake2b

from nestforge.model.diagnostic import Diagnostic, Edit, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_KIND = "findings"
_MOST = 4096
"""Entries that are kept for one state of the tool; some kilobytes each."""


class FindingsCache:
    """A folder of the user's with a file for each content that was checked. What cannot be kept is not missed."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def get(self, key: str) -> tuple[list[Diagnostic], dict[str, str], int] | None:
        """Return findings, lines that were made, and the number of files; None where nothing is known."""
        try:
            with open(os.path.join(self.folder, key), encoding="utf-8") as file:
                findings, made, files = json.load(file)
            return [_diagnostic(fields) for fields in findings], dict(made), int(files)
        except (OSError, ValueError, TypeError):
            return None

    def put(self, key: str, findings: Iterable[Diagnostic], made: dict[str, str], files: int) -> None:
        """Keep what was found, in place of whatever was kept before."""
        path = os.path.join(self.folder, key)
        try:
            os.makedirs(self.folder, exist_ok=True)
            with open(f"{path}.{os.getpid()}", "w", encoding="utf-8") as file:
                json.dump([list(findings), made, files], file, ensure_ascii=False)
            os.replace(file.name, path)
        except (OSError, ValueError):  # a full disk; a lone surrogate
            return

    def forget_most(self) -> None:
        """Remove the oldest entries beyond what is kept, and the folders of old states of the tool."""
        from nestforge.assemble.user_cache import forget_old, keep_newest

        forget_old(_KIND)
        keep_newest(self.folder, _MOST)


def open_cache() -> FindingsCache:
    """Return the cache for nestforge as it is now."""
    from nestforge.assemble.user_cache import cache_folder

    return FindingsCache(cache_folder(_KIND))


def key_of(*parts: str | bytes) -> str:
    """Return the name under which findings are kept that depend on `parts`."""
    digest = blake2b(digest_size=16)
    for part in parts:
        content = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        digest.update(b"%d\0" % len(content))
        digest.update(content)
    return digest.hexdigest()


def _diagnostic(fields: list[Any]) -> Diagnostic:
    span, code, name, message, help, severity, under, edits = fields
    placed = tuple(Edit(Span(*place), old, new) for place, old, new in edits)
    return Diagnostic(Span(*span), code, name, message, help, severity, under, placed)
