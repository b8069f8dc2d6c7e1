"""Do something again whenever a file changes."""

from __future__ import annotations

import os
import time

from nestforge.assemble.freshness import looks_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nestforge.assemble.freshness import Looks

_PAUSE = 0.3


def watch(paths: Iterable[str], act: Callable[[], int]) -> int:
    """Do `act` now and after every change of the files at and below `paths`, until Ctrl-C; then return 0."""
    paths = list(paths)
    try:
        while True:
            before = looks_at(paths)
            act()
            print(f"-- {time.strftime('%H:%M:%S')} waiting for a change; Ctrl-C ends", flush=True)
            while looks_at(paths) == before:
                time.sleep(_PAUSE)
    except KeyboardInterrupt:
        return 0


def looks_at(paths: Iterable[str]) -> Looks:
    """Return how the files at and below `paths` look: something else after any change."""
    return looks_of("", list(_files(paths)))


def _files(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if not os.path.isdir(path):
            yield path
        for folder, folders, names in os.walk(path):
            folders[:] = [name for name in folders if name in (".computenest",) or not _is_made(name)]
            yield from (os.path.join(folder, name) for name in names)


def _is_made(name: str) -> bool:
    return name.startswith(".") or name in ("build", "node_modules", "__pycache__")
