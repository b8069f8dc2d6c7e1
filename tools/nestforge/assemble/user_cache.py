"""Folders of the user's for what can be made again: one for each kind of thing and each state of nestforge."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import blake2b

from nestforge.assemble.freshness import own_looks

_STATES = 4
"""Of nestforge: an editor, a shell and another checkout may each have one of their own."""


def cache_folder(kind: str) -> str:
    """Return the folder for things of a kind, as nestforge and the programs beside it are now; it need not exist."""
    return os.path.join(_home(), kind, _state())


def forget_old(kind: str) -> None:
    """Remove the folders of a kind but those that were written last; what cannot be removed stays."""
    try:
        states = sorted(os.scandir(os.path.join(_home(), kind)), key=lambda entry: entry.stat().st_mtime_ns)
    except OSError:
        return
    for state in states[:-_STATES]:
        import shutil

        shutil.rmtree(state.path, ignore_errors=True)


def keep_newest(folder: str, most: int) -> None:
    """Remove the oldest files of a folder but the `most` that were written last."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.stat().st_mtime_ns)
        for entry in entries[:-most]:
            os.unlink(entry.path)
    except OSError:
        return


def _home() -> str:
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(home, "nestforge")


@cache
def _state() -> str:
    looks = repr([own_looks(), sys.version, *map(_installed_at, sys.path), os.environ.get("PATH", "")])
    return blake2b(looks.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _installed_at(folder: str) -> int:
    """Return when a package was last installed into a folder, in nanoseconds."""
    is_for_packages = os.path.basename(folder) == "site-packages"
    return os.stat(folder).st_mtime_ns if is_for_packages and os.path.isdir(folder) else 0
