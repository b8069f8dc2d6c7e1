"""Do something again whenever a file changes."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PAUSE = 0.3
_Looks = dict[str, tuple[int, int]]


def watch(paths: Iterable[str], act: Callable[[], int]) -> int:
    """Do `act` now and after every change of the files at and below `paths`, until Ctrl-C; then return 0."""
    paths = list(paths)
    try:
        while True:
            before = _looks(paths)
            act()
            print(f"-- {time.strftime('%H:%M:%S')} waiting for a change; Ctrl-C ends", flush=True)
            while _looks(paths) == before:
                time.sleep(_PAUSE)
    except KeyboardInterrupt:
        return 0


def _looks(paths: Iterable[str]) -> _Looks:
    """Return size and time of change of every file; what nestforge itself writes is left out."""
    result: _Looks = {}
    for file in _files(paths):
        try:
            status = os.stat(file)
        except OSError:
            continue
        result[file] = status.st_size, status.st_mtime_ns
    return result


def _files(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if not os.path.isdir(path):
            yield path
        for folder, folders, names in os.walk(path):
            folders[:] = [name for name in folders if name in (".computenest",) or not _is_made(name)]
            yield from (os.path.join(folder, name) for name in names)


def _is_made(name: str) -> bool:
    return name.startswith(".") or name in ("build", "node_modules", "__pycache__")
