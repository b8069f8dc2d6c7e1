"""A run's folder: locked while the run lives, and what a run that died has left outside of it."""

from __future__ import annotations

import fcntl
import shutil
import time
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from nestforge.rehearse.namespaces.cgroups import groups_named

if TYPE_CHECKING:
    from pathlib import Path

LOCK = "alive.lock"
MACHINES = "machines"
"""The part of a run's folder that its end removes."""

_PREFIX = "nestforge-"
_PATIENCE, _PAUSE = 5.0, 0.05


def hold(folder: Path) -> IO[str]:
    """Make the folder and lock it for as long as the returned file is open. Raises BlockingIOError, OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / LOCK).open("w")
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def is_alive(folder: Path) -> bool:
    """Return whether a run has the folder locked."""
    with suppress(FileNotFoundError), (folder / LOCK).open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def group_prefix(run_id: str) -> str:
    """Return how the names of a run's control groups begin."""
    return f"{_PREFIX}{run_id}-"


def prune(runs: Path) -> list[str]:
    """Remove what runs that have ended left in the folder of all runs; return what was removed, their reports too.

    Processes, mounts and networks need none of it: the kernel ended them with the run. Raises OSError where
    a control group does not become empty; its run's folder is then kept, for the next time.
    """
    removed = []
    for folder in sorted(runs.iterdir()) if runs.is_dir() else []:
        if folder.is_dir() and not is_alive(folder):
            for group in groups_named(group_prefix(folder.name)):
                _remove_emptied(group)
                removed.append(f"the control group {group}")
            shutil.rmtree(folder)
            removed.append(f"the folder {folder}")
    return removed


def _remove_emptied(group: Path) -> None:
    """Remove a group, once the kernel has ended the processes of a run that was killed just now."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return group.rmdir()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
