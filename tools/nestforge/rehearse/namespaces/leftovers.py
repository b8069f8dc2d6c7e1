"""What of a run is still there, looked for where the kernel lists it and not in what the run remembers."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.rehearse.namespaces.cgroups import groups_named
from nestforge.rehearse.namespaces.plan import IDS
from nestforge.rehearse.namespaces.run_folder import MACHINES, group_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator


def leftovers(folder: Path, run_id: str, label: str, owner: int) -> list[str]:
    """Return processes, mounts, disks, control groups and files of the run in `folder` that are still there.

    Its processes are those with the label in their environment, or with an id from `owner` on.
    """
    found = [*_processes(f"{label}={run_id}".encode(), owner), *_mounts(folder), *_disks(folder)]
    found += [f"the control group {group}" for group in groups_named(group_prefix(run_id))]
    if (folder / MACHINES).exists():
        found.append(f"the files in {folder / MACHINES}")
    return found


def _processes(labelled: bytes, owner: int) -> Iterator[str]:
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        with suppress(OSError):  # it has just ended
            theirs = labelled in (entry / "environ").read_bytes().split(b"\0")
            if theirs or owner <= entry.stat().st_uid < owner + IDS:
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                yield f"the process {entry.name}: {command}"


def _mounts(folder: Path) -> Iterator[str]:
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
        target = line.split(" ")[4]
        if Path(target).is_relative_to(folder):
            yield f"the mount {target}"


def _disks(folder: Path) -> Iterator[str]:
    for entry in Path("/sys/block").glob("loop*/loop/backing_file"):
        with suppress(OSError):
            backing = entry.read_text(encoding="utf-8").strip().removesuffix(" (deleted)")
            if Path(backing).is_relative_to(folder):
                yield f"the disk /dev/{entry.parts[3]} of {backing}"
