"""A process and all that it began."""

from __future__ import annotations

import os
import select
import signal
from contextlib import suppress
from pathlib import Path

_PATIENCE = 10.0
"""Seconds for the kernel to end what it was told to; only what waits for a broken disk takes any."""


def kill_tree(pid: int) -> None:
    """Kill a process and its descendants, and wait until they have ended.

    None gets away, for each is stopped before its children are listed. What has detached itself, as a service
    does, is a descendant no more.
    """
    found: dict[int, int] = {}
    waiting = [pid]
    while waiting:
        process = waiting.pop()
        with suppress(ProcessLookupError):  # it has ended by itself
            found[process] = os.pidfd_open(process)
            signal.pidfd_send_signal(found[process], signal.SIGSTOP)
        waiting += [child for child, parent in _parents().items() if parent == process and child not in found]
    for descriptor in found.values():
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(descriptor, signal.SIGKILL)
    for descriptor in found.values():
        select.select([descriptor], [], [], _PATIENCE)
        os.close(descriptor)


def _parents() -> dict[int, int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with suppress(OSError):
                fields = (entry / "stat").read_text(errors="replace")
                # The name in parentheses may have anything in it.
                parents[int(entry.name)] = int(fields.rpartition(")")[2].split()[1])
    return parents
