"""System calls that Python 3.11 has no functions for."""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct

NEWNS, NEWUTS, NEWIPC, NEWPID, NEWNET = 0x00020000, 0x04000000, 0x08000000, 0x20000000, 0x40000000
READ_ONLY, NOSUID, NODEV, NOEXEC, REMOUNT, BIND, RECURSIVE, PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
_DETACH = 2
_SET_PARENT_DEATH_SIGNAL, _SET_NAME, _DROP_FROM_BOUNDING_SET, _SET_SUBREAPER, _SET_NO_NEW_PRIVILEGES = 1, 15, 24, 36, 38

_SET_INTERFACE_FLAGS, _UP, _RUNNING = 0x8914, 1, 64

_libc = ctypes.CDLL(None, use_errno=True)


def unshare(flags: int) -> None:
    """Leave namespaces for new ones; a new pid namespace is for the children. Raises OSError."""
    _check(_libc.unshare(flags), "unshare")


def enter(pid: int, kind: str) -> None:
    """Join the namespace `kind` (mnt, pid, net, ...) of a process. Raises OSError."""
    descriptor = os.open(f"/proc/{pid}/ns/{kind}", os.O_RDONLY | os.O_CLOEXEC)
    try:
        _check(_libc.setns(descriptor, 0), f"setns to {kind} of {pid}")
    finally:
        os.close(descriptor)


def mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    """Mount. Raises OSError that names the target."""
    words = (source.encode(), target.encode(), kind.encode() or None)
    _check(_libc.mount(*words, ctypes.c_ulong(flags), data.encode() or None), f"mount {kind or source} on {target}")


def bind(source: str, target: str, *, read_only: bool = False) -> None:
    """Show a file or folder at another place too. Raises OSError."""
    mount(source, target, flags=BIND | RECURSIVE)
    if read_only:
        kept = os.statvfs(target).f_flag & (NOSUID | NODEV | NOEXEC)  # inside a user namespace they cannot be dropped
        mount("", target, flags=BIND | REMOUNT | READ_ONLY | kept)


def unmount(target: str) -> None:
    """Take a mount away, now or when the last who uses it has gone. Raises OSError."""
    _check(_libc.umount2(target.encode(), _DETACH), f"umount {target}")


def change_root(folder: str) -> None:
    """Make `folder`, a mount point, the root, and let go of the old one. Raises OSError."""
    os.chdir(folder)
    _check(_libc.pivot_root(b".", b"."), f"pivot_root to {folder}")
    unmount(".")
    os.chdir("/")


def die_with_parent(signal: int) -> None:
    """Let the kernel send `signal` when the parent ends."""
    _prctl(_SET_PARENT_DEATH_SIGNAL, signal)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends."""
    _prctl(_SET_SUBREAPER, 1)


def drop_capability(number: int) -> None:
    """Give a capability up for good. Raises OSError; EINVAL: this kernel has no such capability."""
    _prctl(_DROP_FROM_BOUNDING_SET, number)


def forbid_new_privileges() -> None:
    """Let no program that is executed from now on gain any."""
    _prctl(_SET_NO_NEW_PRIVILEGES, 1)


def name_process(name: str) -> None:
    """Set what `ps -o comm` shows."""
    _check(_libc.prctl(_SET_NAME, ctypes.c_char_p(name.encode()), 0, 0, 0), "prctl")


def raise_loopback() -> None:
    """Take the loopback interface of this network namespace up. Raises OSError."""
    request = struct.pack("16sh14x", b"lo", _UP | _RUNNING)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_INTERFACE_FLAGS, request)


def set_hostname(name: str) -> None:
    """Set the name of this UTS namespace. Raises OSError."""
    text = name.encode()
    _check(_libc.sethostname(text, ctypes.c_size_t(len(text))), "sethostname")


def _prctl(option: int, argument: int) -> None:
    zero = ctypes.c_ulong(0)
    _check(_libc.prctl(option, ctypes.c_ulong(argument), zero, zero, zero), "prctl")


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
