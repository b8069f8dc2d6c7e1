"""The system calls behind machines that Python 3.11 has no functions for. All raise OSError that says which failed."""

from __future__ import annotations

import ctypes
import os
import struct

NEWNS, NEWCGROUP, NEWUTS, NEWIPC = 0x00020000, 0x02000000, 0x04000000, 0x08000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
"""Namespaces, as unshare(2) and setns(2) know them."""

READ_ONLY, NOSUID, NODEV, NOEXEC = 1, 2, 4, 8
_PRIVATE, _RECURSIVE = 1 << 18, 1 << 14
_DETACH = 2

# Numbers of mount calls newer than the C library of some distributions: the same on every architecture.
_OPEN_TREE, _MOVE_MOUNT, _MOUNT_SETATTR = 428, 429, 442
_CLONE, _CLOSE_ON_EXEC, _EMPTY_PATH, _FROM_EMPTY_PATH = 1, os.O_CLOEXEC, 0x1000, 4
_ATTRIBUTE_READ_ONLY, _ATTRIBUTE_MAPPED = 1, 0x00100000
_HERE = -100
_PARENT_DEATH_SIGNAL, _NAME = 1, 15

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def unshare(namespaces: int) -> None:
    """Leave namespaces for new ones; a new pid namespace is for the children."""
    _check(_libc.unshare(namespaces), "unshare")


def enter(descriptor: int) -> None:
    """Join the namespace of an open descriptor."""
    _check(_libc.setns(descriptor, 0), "setns")


def mount(source: str, target: str, kind: str, flags: int = 0, options: str = "") -> None:
    """Mount a file system of a kind."""
    words = (source.encode(), target.encode(), kind.encode())
    _check(_libc.mount(*words, ctypes.c_ulong(flags), options.encode() or None), f"mount {kind} at {target}")


def keep_mounts_private() -> None:
    """Let no mount of this namespace show in the one that it was copied from."""
    _check(_libc.mount(b"none", b"/", None, ctypes.c_ulong(_PRIVATE | _RECURSIVE), None), "mount --make-rprivate")


def detached(source: str, owners: int | None = None, *, read_only: bool = False) -> int:
    """Return the descriptor of a mount that shows `source` and is nowhere yet.

    With `owners`, the descriptor of a user namespace, files belong to whom they belong outside, counted in
    that namespace: what is the machine's root's is its root's.
    """
    tree = int(_libc.syscall(_OPEN_TREE, _HERE, source.encode(), _CLONE | _CLOSE_ON_EXEC))
    _check(tree, f"open_tree {source}")
    wanted = (_ATTRIBUTE_READ_ONLY if read_only else 0) | (_ATTRIBUTE_MAPPED if owners is not None else 0)
    if wanted:
        attributes = struct.pack("QQQQ", wanted, 0, 0, owners or 0)
        result = _libc.syscall(_MOUNT_SETATTR, tree, b"", _EMPTY_PATH, attributes, len(attributes))
        _check(result, f"mount_setattr of {source}")
    return tree


def attach(tree: int, target: str) -> None:
    """Put a detached mount somewhere, and close its descriptor."""
    _check(_libc.syscall(_MOVE_MOUNT, tree, b"", _HERE, target.encode(), _FROM_EMPTY_PATH), f"move_mount to {target}")
    os.close(tree)


def change_root(folder: str) -> None:
    """Make `folder`, a mount point, the root, and let go of the old one."""
    os.chdir(folder)
    _check(_libc.pivot_root(b".", b"."), f"pivot_root to {folder}")
    _check(_libc.umount2(b".", _DETACH), "umount of the old root")
    os.chdir("/")


def set_hostname(name: str) -> None:
    """Set the name of this UTS namespace."""
    text = name.encode()
    _check(_libc.sethostname(text, ctypes.c_size_t(len(text))), "sethostname")


def die_with_parent() -> None:
    """Let the kernel kill this process when the thread that started it ends. Changing users forgets it."""
    _prctl(_PARENT_DEATH_SIGNAL, ctypes.c_ulong(9))


def name_process(name: str) -> None:
    """Set what `ps -o comm` shows of this process."""
    _prctl(_NAME, ctypes.c_char_p(name.encode()))


def _prctl(option: int, argument: object) -> None:
    zero = ctypes.c_ulong(0)
    _check(_libc.prctl(option, argument, zero, zero, zero), "prctl")


def _check(result: int, what: str) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
