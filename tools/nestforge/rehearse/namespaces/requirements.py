"""What this machine needs to have before any of it can be made into others."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from nestforge.rehearse.namespaces.errors import CannotRehearse
from nestforge.rehearse.namespaces.programs import PATH

_PROGRAMS = {
    "nft": "nftables",
    "ip": "iproute2",
    "nsenter": "util-linux",
    "mount": "mount",
    "mkfs.ext4": "e2fsprogs",
    "curl": "curl",
    "python3": "python3",
}
"""Programs, by the Debian package that brings them. The last two are what hosts use."""

_FILE_SYSTEMS = ("overlay", "ext4", "tmpfs")
_NAMESPACES = ("user", "mnt", "pid", "net", "ipc", "uts", "cgroup")
_MAPPED_MOUNTS = (5, 19)
"""The first kernel whose overlays take layers with other owners."""


def missing() -> CannotRehearse | None:
    """Return what keeps this machine from making others, or None."""
    if sys.platform != "linux":
        return CannotRehearse("it does not run Linux", "use a Linux machine, or nestforge rehearse --dry")
    if os.geteuid() != 0:
        return CannotRehearse("namespaces and packet filters need root", "run it as root, or nestforge rehearse --dry")
    absent = [name for name in _PROGRAMS if shutil.which(name, path=PATH) is None]
    if absent:
        packages = " ".join(dict.fromkeys(_PROGRAMS[name] for name in absent))
        return CannotRehearse(f"it has no {', '.join(absent)}", f"install it: apt-get install {packages}")
    return _missing_of_kernel()


def need() -> None:
    """Raise CannotRehearse where `missing` finds something."""
    found = missing()
    if found is not None:
        raise found


def _missing_of_kernel() -> CannotRehearse | None:
    release = os.uname().release
    numbers = tuple(int(part) for part in release.split("-")[0].split(".")[:2])
    if numbers < _MAPPED_MOUNTS:
        return CannotRehearse(f"its kernel is {release}", "Linux 5.19 or newer is needed")
    absent = [name for name in _NAMESPACES if not Path(f"/proc/self/ns/{name}").exists()]
    if absent:
        return CannotRehearse(f"its kernel has no namespaces of the kind {', '.join(absent)}", "use another kernel")
    if not Path("/dev/loop-control").exists():
        return CannotRehearse("it has no /dev/loop-control", "load the module loop, or give the container the device")
    known = Path("/proc/filesystems").read_text(encoding="ascii").split()
    absent = [name for name in _FILE_SYSTEMS if name not in known]
    if absent:
        return CannotRehearse(f"its kernel has no {', '.join(absent)}", f"load it: modprobe {' '.join(absent)}")
    return None
