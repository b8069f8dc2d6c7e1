"""Know, without reading them, whether the package's files are still what a build put there."""

from __future__ import annotations

import json
import os
from contextlib import suppress

_STATE = "state.json"


def remember(build_folder: str, inputs: str, report: dict[str, object]) -> None:
    """Note what the package was made from, how its files look, and the `report` to give again.

    Where the note cannot be written, the next build makes the package anew: the package itself is whole.
    """
    state = {"inputs": inputs, "tool": _tool_fingerprint(), "files": _looks(build_folder), "report": report}
    with suppress(OSError), open(os.path.join(build_folder, _STATE), "w", encoding="utf-8") as file:
        json.dump(state, file)


def recall(build_folder: str, inputs: str) -> dict[str, object] | None:
    """Return the remembered report, or None where the sources, nestforge or the files have changed since."""
    try:
        with open(os.path.join(build_folder, _STATE), encoding="utf-8") as file:
            state = json.load(file)
        now = [inputs, _tool_fingerprint(), _looks(build_folder)]
        if [state["inputs"], state["tool"], state["files"]] != now:
            return None
        report: dict[str, object] = state["report"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return report


def _tool_fingerprint() -> str:
    """Return a value that changes when nestforge's own code or data does."""
    from hashlib import sha256

    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    digest = sha256()
    for base, folders, names in os.walk(root):
        folders[:] = sorted(folder for folder in folders if folder != "__pycache__")
        for name in sorted(names):
            status = os.stat(os.path.join(base, name))
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _looks(build_folder: str) -> list[list[object]]:
    looks: list[list[object]] = []
    for base, folders, names in os.walk(build_folder):
        folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
        for name in sorted(names):
            if name == _STATE or name.startswith("."):
                continue
            path = os.path.join(base, name)
            status = os.stat(path)
            looks.append([os.path.relpath(path, build_folder), status.st_size, status.st_mtime_ns])
    return looks
