"""Know, without reading them, whether a package is still what its sources make."""

from __future__ import annotations

import os
from functools import cache

from nestforge.model.named_tuple import NamedTuple

_STATE = "state"

Looks = str
"""Path, size in bytes and time of change in nanoseconds of each file: what tells that none was touched."""


class Made(NamedTuple):
    """A package that was made: how its sources looked before they were read, and their hash; the name of its archive.

    `sha256` is the archive's; `files` is how many the package has.
    """

    sources: Looks
    inputs: str
    archive: str
    sha256: str
    files: int


def looks_of(root: str, paths: list[str]) -> Looks:
    """Return how the files at `paths` below `root` look; a file that is not there looks like nothing."""
    looks = []
    for path in paths:
        try:
            looks.append(_look(path, os.stat(os.path.join(root, path))))
        except OSError:
            looks.append(f"{path}//\n")
    return "".join(looks)


def _look(path: str, status: os.stat_result) -> Looks:
    return f"{path}//{status.st_size} {status.st_mtime_ns}\n"


def remember(build_folder: str, made: Made) -> None:
    """Note what was `made`, and how it looks.

    Where the note cannot be written, the next build makes the package anew: the package itself is whole.
    """
    state = [own_looks(), _looks_of_made(build_folder), *map(str, made)]
    try:
        with open(os.path.join(build_folder, _STATE), "wb") as file:
            file.write("\0".join(state).encode(errors="surrogateescape"))  # no path has a NUL
    except OSError:
        return


def recall(build_folder: str) -> Made | None:
    """Return what was made, or None where nestforge or the package have changed since."""
    try:
        with open(os.path.join(build_folder, _STATE), "rb") as file:
            state = file.read().decode(errors="surrogateescape").split("\0")
        tool, package, sources, inputs, archive, sha256, files = state
        made = Made(sources, inputs, archive, sha256, int(files))
        return made if [tool, package] == [own_looks(), _looks_of_made(build_folder)] else None
    except (OSError, ValueError):
        return None


@cache
def own_looks() -> Looks:
    """Return how nestforge's own files look, when it is first asked."""
    return _looks_below(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def _looks_of_made(build_folder: str) -> Looks:
    return _looks_below(build_folder, without=_STATE)


def _looks_below(root: str, folder: str = "", without: str = "") -> Looks:
    """Return how every file below `root` looks; what is hidden or Python's cache is left out."""
    looks = []
    with os.scandir(os.path.join(root, folder)) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = f"{folder}{entry.name}"
            if entry.name.startswith((".", "__pycache__")) or path == without:
                continue
            if entry.is_dir(follow_symlinks=False):
                looks.append(_looks_below(root, f"{path}/"))
            else:
                looks.append(_look(path, entry.stat(follow_symlinks=False)))
    return "".join(looks)
