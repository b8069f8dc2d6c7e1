"""Start, find and stop the sandbox's server process. Imports nothing of the server itself."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from shutil import rmtree
from threading import Thread
from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError
from nestforge.sandbox.account import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FACTS = "sandbox.json"
_ALIVE = "alive.lock"
_CHANGING = "changing.lock"
_LOG = "server.log"
_PATIENCE = 10.0


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


class FolderUnusable(NestforgeError):
    """The folder of the sandbox's state cannot be written."""

    exit_code = 4

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"the sandbox's folder {folder} cannot be written: {error.strerror}",
            help="make room on the disk, or mend the folder's rights",
        )


def running(state_dir: Path) -> Running | None:
    """Return the sandbox whose state is in `state_dir`, or None where none answers.

    The server holds a lock for as long as it lives and has its process id in it, so that neither a process
    id that was given to somebody else nor the facts of an earlier server are taken for it.
    """
    try:
        with (state_dir / _ALIVE).open(encoding="ascii") as lock:
            if not _is_held(lock.fileno()):
                return None
            facts = Running(**json.loads((state_dir / _FACTS).read_text(encoding="utf-8")))
            return facts if str(facts.pid) == lock.read() else None
    except (OSError, ValueError, TypeError):  # none was started, or one is just starting
        return None


def start(state_dir: Path, port: int | None = None) -> Running:
    """Return the running sandbox, started where there was none.

    Without `port` it takes the one that it had last time, or else any that is free. Two starts at once
    end with one server. Raises CannotStart, or FolderUnusable.
    """
    state_dir = state_dir.absolute()
    with _changing(state_dir) as turn:
        found = running(state_dir)
        if found is None:
            return _spawn(state_dir, port, turn)
    if port is not None and found.endpoint != f"{ADDRESS}:{port}":
        raise CannotStart(f"it runs at {found.endpoint} already", "stop it first: nestforge sandbox stop")
    return found


def stop(state_dir: Path) -> bool:
    """End the sandbox and wait until it has ended; return whether one ran."""
    if not state_dir.is_dir():
        return False
    with _changing(state_dir):
        return _stop(state_dir)


def reset(state_dir: Path) -> None:
    """End the sandbox and forget its state."""
    if not state_dir.is_dir():
        return
    with _changing(state_dir), _writing(state_dir):
        _stop(state_dir)
        for path in state_dir.iterdir():
            if path.is_dir() and not path.is_symlink():
                rmtree(path)
            elif path.name != _CHANGING:  # others may be waiting for it
                path.unlink()


def write_facts(state_dir: Path, facts: Running) -> None:
    """Note where the server answers, in one step."""
    fresh = state_dir / f".{_FACTS}"
    with _writing(state_dir):
        fresh.write_text(json.dumps(asdict(facts)) + "\n", encoding="utf-8")
        fresh.replace(state_dir / _FACTS)


def hold_alive_lock(state_dir: Path) -> None:
    """Take the lock that says a server lives, for the life of this process."""
    with _writing(state_dir):
        descriptor = os.open(state_dir / _ALIVE, os.O_RDWR | os.O_CREAT, 0o600)
        # Waits for a server that is just ending, and for the blink of an eye in which `running` tries the lock.
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())


@contextmanager
def _changing(state_dir: Path) -> Iterator[int]:
    """Let one process at a time start, stop or reset; give the descriptor whose being open is the turn."""
    with _writing(state_dir):
        state_dir.mkdir(parents=True, exist_ok=True)
        lock = (state_dir / _CHANGING).open("w")
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock.fileno()


@contextmanager
def _writing(state_dir: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FolderUnusable(state_dir, error) from error


def _is_held(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def _spawn(state_dir: Path, port: int | None, turn: int) -> Running:
    """Start the server and wait until it answers.

    It inherits the turn, and ends it when it answers: should this process be interrupted meanwhile, then
    the next one waits for the server that is already coming up.
    """
    reader, writer = os.pipe()
    handed = (str(state_dir), str(writer), str(turn))
    try:
        with _writing(state_dir), (state_dir / _LOG).open("ab") as log:
            subprocess.Popen(
                # -P: what lies in the current folder is not imported
                [sys.executable, "-P", "-m", "nestforge.sandbox", *handed, *_port(state_dir, port)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(writer, turn),
                cwd="/",
                start_new_session=True,
            )
    finally:
        os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        answer = pipe.read()  # ends when the server has answered, or has ended
    if not answer:
        raise CannotStart("its process ended", f"see {state_dir / _LOG}")
    said = json.loads(answer)
    if "error" in said:
        raise CannotStart(said["error"], said["help"])
    return Running(**said)


def _port(state_dir: Path, asked: int | None) -> tuple[str, str]:
    if asked is not None:
        return str(asked), "only"
    try:
        said = json.loads((state_dir / _FACTS).read_text(encoding="utf-8"))
        return str(int(str(said["endpoint"]).rpartition(":")[2])), "preferably"
    except (OSError, ValueError, KeyError, TypeError):
        return "0", "preferably"


def _stop(state_dir: Path) -> bool:
    found = running(state_dir)
    if found is None:
        return False
    with suppress(ProcessLookupError):  # it has just ended by itself
        os.kill(found.pid, signal.SIGTERM)
    # A thread, for there is no waiting for a lock with a time limit; none is needed unless the server hangs.
    ended = Thread(target=_wait_for_end, args=(state_dir,), daemon=True)
    ended.start()
    ended.join(_PATIENCE)
    if ended.is_alive():
        os.kill(found.pid, signal.SIGKILL)
        ended.join()
    return True


def _wait_for_end(state_dir: Path) -> None:
    with (state_dir / _ALIVE).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
