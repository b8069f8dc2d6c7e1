"""Know, without reading them, whether a package is still what its sources make."""

from __future__ import annotations

import json
import os
from functools import cache

_STATE = "state.json"

Looks = list[list[object]]
"""Path, size in bytes and time of change in nanoseconds of each file: what tells that none was touched."""


def looks_of(root: str, paths: list[str]) -> Looks:
    """Return how the files at `paths` below `root` look; a file that is not there looks like nothing."""
    looks: Looks = []
    for path in paths:
        try:
            status = os.stat(os.path.join(root, path))
        except OSError:
            looks.append([path])
        else:
            looks.append([path, status.st_size, status.st_mtime_ns])
    return looks


def remember(build_folder: str, sources: Looks, inputs: str, report: dict[str, object]) -> None:
    """Note how the `sources` looked before they were read, their hash, the package's files, and the `report`.

    Where the note cannot be written, the next build makes the package anew: the package itself is whole.
    """
    state = {"sources": sources, "inputs": inputs, "files": _made(build_folder), "tool": own_looks(), "report": report}
    try:
        with open(os.path.join(build_folder, _STATE), "w", encoding="utf-8") as file:
            json.dump(state, file)
    except OSError:
        return


def recall(build_folder: str, root: str, sources: Looks) -> dict[str, object] | None:
    """Return the remembered report, or None where the sources, nestforge or the package have changed since.

    Sources that were touched but hold what they held are read once, to see that, and then known again.
    """
    try:
        with open(os.path.join(build_folder, _STATE), encoding="utf-8") as file:
            state = json.load(file)
        report: dict[str, object] = state["report"]
        if [state["files"], state["tool"]] != [_made(build_folder), own_looks()]:
            return None
        if state["sources"] != sources:
            from nestforge.assemble.inputs import inputs_hash

            if inputs_hash(root) != state["inputs"]:
                return None
            remember(build_folder, sources, state["inputs"], report)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return report


@cache
def own_looks() -> Looks:
    """Return how nestforge's own files look, when it is first asked."""
    return _looks_below(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def _made(build_folder: str) -> Looks:
    return [look for look in _looks_below(build_folder) if look[0] != _STATE]


def _looks_below(root: str, folder: str = "") -> Looks:
    """Return how every file below `root` looks; what is hidden or Python's cache is left out."""
    looks: Looks = []
    with os.scandir(os.path.join(root, folder)) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.startswith((".", "__pycache__")):
                continue
            path = f"{folder}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                looks += _looks_below(root, f"{path}/")
            else:
                status = entry.stat(follow_symlinks=False)
                looks.append([path, status.st_size, status.st_mtime_ns])
    return looks
