"""The containers of this host: a folder each, with what was asked for and what became of it."""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nestforge.rehearse.standins.programs.docker.errors import DaemonError, DockerError, NoSuchContainer
from nestforge.rehearse.standins.programs.facts import CONTAINERS, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = f"{CONTAINERS}/containers"
SOCKET = "/run/docker.sock"
DAEMON_GONE = 255
"""The exit code of a container whose supervisor went away with the host."""


class Container:
    """One container; `config` as it was created, `state` as its supervisor last wrote it."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.config: dict[str, Any] = _read(f"{folder}/config.json")
        self.state: dict[str, Any] = _read(f"{folder}/state.json")
        if self.state["status"] in ("running", "restarting") and not self.is_supervised():
            self.state |= {"status": "exited", "pid": 0, "exit_code": DAEMON_GONE}

    @property
    def id(self) -> str:
        """64 hexadecimal digits."""
        return str(self.config["id"])

    @property
    def name(self) -> str:
        """Without the slash that `inspect` shows."""
        return str(self.config["name"])

    @property
    def is_running(self) -> bool:
        """Whether its command runs."""
        return bool(self.state["status"] == "running")

    @property
    def pid(self) -> int:
        """Of its first process, as the host sees it; 0 when there is none."""
        return int(self.state["pid"])

    def path(self, name: str) -> str:
        """Return where a file of the container is."""
        return f"{self.folder}/{name}"

    def is_supervised(self) -> bool:
        """Return whether its supervisor lives: it holds this lock as long."""
        descriptor = os.open(self.path("alive"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False

    def wait_for_end_of_supervisor(self, descriptor: int) -> None:
        """Return when the supervisor has gone; `descriptor` is of the file `alive`."""
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        fcntl.flock(descriptor, fcntl.LOCK_UN)

    def save_config(self) -> None:
        """Write what was asked for."""
        write_whole(self.path("config.json"), json.dumps(self.config))

    def save_state(self) -> None:
        """Write what became of it."""
        write_whole(self.path("state.json"), json.dumps(self.state))


def connect() -> None:
    """Raise as docker does when its daemon does not run."""
    if not os.path.exists(SOCKET):
        raise DockerError(
            "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"
        )


@contextmanager
def locked() -> Iterator[None]:
    """Hold the lock over names and states: no other command changes them meanwhile."""
    os.makedirs(ROOT, mode=0o710, exist_ok=True)
    descriptor = os.open(f"{CONTAINERS}/lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def every() -> list[Container]:
    """Return all containers, the newest first."""
    try:
        names = [name for name in os.listdir(ROOT) if not name.startswith(".")]  # those are being created
    except FileNotFoundError:
        return []
    found = []
    for name in names:
        try:
            found.append(Container(f"{ROOT}/{name}"))
        except FileNotFoundError:  # is being created or removed
            continue
    return sorted(found, key=lambda one: str(one.config["created"]), reverse=True)


def find(word: str) -> Container:
    """Return the container of that name, or whose id begins so. Raises NoSuchContainer."""
    containers = every()
    for container in containers:
        if word in (container.name, container.id) or word == f"/{container.name}":
            return container
    beginnings = [one for one in containers if word and one.id.startswith(word)]
    if len(beginnings) > 1:
        raise DaemonError(f"multiple IDs found with provided prefix: {word}")
    if not beginnings:
        raise NoSuchContainer(word)
    return beginnings[0]


def _read(path: str) -> dict[str, Any]:
    with open(path, encoding="utf-8") as file:
        content: dict[str, Any] = json.load(file)
    return content
