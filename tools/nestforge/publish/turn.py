"""One publish or deploy at a time, and what lets a run that was cut off be gone on with."""

from __future__ import annotations

import fcntl
import os
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nestforge.cloud.errors import CloudBusy, CloudUnreachable
from nestforge.model.errors import NestforgeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class NoTurn(NestforgeError):
    """The lock file cannot be used."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"cannot use {path}: {why}", help="make room or mend the rights of this folder")


@contextmanager
def turn(folder: Path, say: Callable[[str], None], command: str = "publish") -> Iterator[str]:
    """Hold the turn to publish, or that of another command; yield the name of this attempt.

    The name stays the same until a run has come to its end, so that a run after one that was cut off says
    the same ClientTokens. Another run of the command waits, and says so.
    """
    path = folder / f"{command}.lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise NoTurn(path, error.strerror or str(error)) from error
    with os.fdopen(descriptor, "r+", encoding="ascii", errors="replace") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another {command} of this project is at work: waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        attempt = lock.read().strip()
        if not attempt:
            attempt = secrets.token_hex(8)
            try:
                os.pwrite(descriptor, attempt.encode(), 0)
            except OSError as error:
                raise NoTurn(path, error.strerror or str(error)) from error
        try:
            yield attempt
        except (CloudBusy, CloudUnreachable):
            raise
        except NestforgeError:
            lock.truncate(0)  # every answer was heard: the next run speaks anew
            raise
        lock.truncate(0)
