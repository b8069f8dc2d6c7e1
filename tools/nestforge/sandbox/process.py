"""Start, find and stop the sandbox's server process. Imports nothing of the server itself."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import sys
from dataclasses import asdict, dataclass
from shutil import rmtree
from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "127.0.0.1"
_FACTS = "sandbox.json"
_ALIVE = "alive.lock"
_STARTING = "starting.lock"
_LOG = "server.log"


@dataclass(frozen=True, slots=True)
class Running:
    """A sandbox that answers. Its credentials are not secrets: they open nothing else."""

    endpoint: str
    console: str
    access_key_id: str
    access_key_secret: str
    pid: int


class CannotStart(NestforgeError):
    """The sandbox's server did not come up."""

    exit_code = 4

    def __init__(self, why: str, help: str | None = None) -> None:
        super().__init__(f"the sandbox did not start: {why}", help=help)


def running(folder: Path) -> Running | None:
    """Return the sandbox whose state is in `folder`, or None where none runs.

    The server holds a lock for as long as it lives, so a process id that was given to somebody else is
    never taken for it.
    """
    try:
        with (folder / _ALIVE).open("r") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return Running(**json.loads((folder / _FACTS).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        pass
    return None


def start(folder: Path, port: int | None = None) -> Running:
    """Return the running sandbox, started where there was none.

    Without `port` it takes the one that it had last time, or else any that is free. Two starts at once
    end with one server. Raises CannotStart, and StateUnusable where the state cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _STARTING).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = running(folder)
        if found is not None:
            if port is not None and found.endpoint != f"{ADDRESS}:{port}":
                raise CannotStart(f"it runs at {found.endpoint} already", "stop it first: nestforge sandbox stop")
            return found
        return _spawn(folder, port)


def _spawn(folder: Path, port: int | None) -> Running:
    reader, writer = os.pipe()
    os.set_inheritable(writer, True)
    arguments = [str(folder), str(writer), str(port or _last_port(folder)), "asked" if port else "any"]
    log = os.open(folder / _LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        # Not subprocess: the server outlives this process, and nothing here waits for it.
        os.posix_spawn(
            sys.executable,
            [sys.executable, "-m", "nestforge.sandbox", *arguments],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, log, 1),
                (os.POSIX_SPAWN_DUP2, log, 2),
            ],
            setsid=True,
        )
    finally:
        os.close(log)
        os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        answer = pipe.read()  # ends when the server has answered, or has ended
    if not answer:
        raise CannotStart("its process ended", f"see {folder / _LOG}")
    said = json.loads(answer)
    if "error" in said:
        raise CannotStart(said["error"], said.get("help"))
    return Running(**said)


def _last_port(folder: Path) -> int:
    try:
        said = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
        return int(str(said["endpoint"]).rpartition(":")[2])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def stop(folder: Path) -> bool:
    """End the sandbox and wait until it has ended; return whether one ran."""
    found = running(folder)
    if found is None:
        return False
    os.kill(found.pid, signal.SIGTERM)
    with (folder / _ALIVE).open("r") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
    return True


def reset(folder: Path) -> None:
    """End the sandbox and forget its state."""
    stop(folder)
    rmtree(folder, ignore_errors=True)


def write_facts(folder: Path, facts: Running) -> None:
    """Note where the server answers, in one step."""
    fresh = folder / f".{_FACTS}"
    fresh.write_text(json.dumps(asdict(facts)), encoding="utf-8")
    fresh.replace(folder / _FACTS)


def hold_alive_lock(folder: Path) -> int:
    """Take the lock that says a server lives, for the life of this process; return its descriptor."""
    descriptor = os.open(folder / _ALIVE, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return descriptor
