"""Control groups that bound what a machine takes: memory and processes, where this machine lets us make any."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
_WANTED = ("memory", "pids")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a machine may take: memory in bytes, files in memory included, and processes with their threads."""

    memory: int
    tasks: int


def make_groups(name: str, limits: Limits) -> list[Path]:
    """Return the folders of the new groups; what this machine has no controller for stays unlimited."""
    if (ROOT / "cgroup.controllers").exists():
        return _unified(name, limits)
    return [path for controller in _WANTED if (path := _separate(controller, name, limits)) is not None]


def remove_groups(groups: list[Path]) -> None:
    """Remove groups that nobody is in any more. Raises OSError where somebody is."""
    for group in groups:
        if group.exists():
            group.rmdir()


def groups_named(prefix: str) -> list[Path]:
    """Return all groups whose names begin so."""
    roots = [ROOT, *(path for path in ROOT.iterdir() if path.is_dir())] if ROOT.is_dir() else []
    own = {_own_group(controller) for controller in _WANTED}
    places = [*roots, *(path for path in own if path is not None)]
    return sorted({found for place in places for found in place.glob(f"{prefix}*") if found.is_dir()})


def _unified(name: str, limits: Limits) -> list[Path]:
    """Make a group of version 2 below the root: only there are no processes between it and the controllers."""
    group = ROOT / name
    try:
        group.mkdir()
    except OSError:
        return []
    for file, value in (("memory.max", limits.memory), ("memory.swap.max", 0), ("pids.max", limits.tasks)):
        if (group / file).exists():
            (group / file).write_text(str(value), encoding="ascii")
    return [group]


def _separate(controller: str, name: str, limits: Limits) -> Path | None:
    """Make a group of version 1 below our own, whose limits then hold for it too."""
    own = _own_group(controller)
    if own is None or not os.access(own, os.W_OK):
        return None
    group = own / name
    try:
        group.mkdir()
    except OSError:  # mounted read-only, as in a container
        return None
    file, value = {"memory": ("memory.limit_in_bytes", limits.memory), "pids": ("pids.max", limits.tasks)}[controller]
    (group / file).write_text(str(value), encoding="ascii")
    return group


def _own_group(controller: str) -> Path | None:
    for line in Path("/proc/self/cgroup").read_text(encoding="ascii").splitlines():
        _, controllers, path = line.split(":", 2)
        if controller in controllers.split(","):
            found = ROOT / controller / path.lstrip("/")
            return found if found.is_dir() else None
    return None
