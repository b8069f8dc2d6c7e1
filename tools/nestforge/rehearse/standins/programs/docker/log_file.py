"""What a container wrote, a line of JSON each, as docker's json-file driver keeps it."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

from nestforge.rehearse.standins.programs.docker.errors import DaemonError
from nestforge.rehearse.standins.programs.docker.requested import now, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.rehearse.standins.programs.docker.containers import Container

LONGEST = 16384
"""A line that is longer is kept in parts. Source: moby, daemon/logger/copier.go."""


class LogFile:
    """Writes; turns the file when it gets too large, and keeps as many as `max-file` says."""

    def __init__(self, path: str, driver: str, options: dict[str, str]) -> None:
        self.path, self.is_kept = path, driver != "none"
        self.largest = size(options["max-size"], "max-size") if "max-size" in options else None
        self.files = int(options.get("max-file", "1"))
        self.partial = {"stdout": b"", "stderr": b""}

    def add(self, stream: str, data: bytes) -> None:
        """Keep the lines that are whole; wait for the rest of the others."""
        *lines, rest = (self.partial[stream] + data).split(b"\n")
        whole = [line + b"\n" for line in lines]
        while len(rest) >= LONGEST:
            whole.append(rest[:LONGEST])
            rest = rest[LONGEST:]
        self.partial[stream] = rest
        self._write(stream, whole)

    def end_lines(self) -> None:
        """Keep what has no end of line: nothing more comes."""
        for stream, rest in self.partial.items():
            self._write(stream, [rest] if rest else [])
            self.partial[stream] = b""

    def _write(self, stream: str, lines: list[bytes]) -> None:
        if not lines or not self.is_kept:
            return
        file = open(self.path, "a", encoding="utf-8")  # noqa: SIM115 # a turn of the file closes it between
        for line in lines:
            record = {"log": line.decode(errors="replace"), "stream": stream, "time": now()}
            file.write(f"{json.dumps(record, ensure_ascii=False)}\n")
            if self.largest is not None and file.tell() >= self.largest:
                file.close()
                self._turn()
                file = open(self.path, "a", encoding="utf-8")  # noqa: SIM115
        file.close()

    def _turn(self) -> None:
        for index in range(self.files - 1, 0, -1):
            older = self.path if index == 1 else f"{self.path}.{index - 1}"
            if os.path.exists(older):
                os.replace(older, f"{self.path}.{index}")
        if self.files == 1:
            os.remove(self.path)


def records(container: Container) -> Iterator[dict[str, str]]:
    """Yield what was written, the oldest first. Raises DaemonError where nothing is kept."""
    if container.config["log_driver"] == "none":
        raise DaemonError("configured logging driver does not support reading")
    path = container.path("log")
    turned = sorted(
        (name for name in os.listdir(container.folder) if name.startswith("log.")), key=_turns, reverse=True
    )
    for name in turned:
        with open(container.path(name), encoding="utf-8") as file:
            yield from map(json.loads, file)
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            yield from map(json.loads, file)


def follow(container: Container) -> Iterator[dict[str, str]]:
    """Yield everything that is in the newest file, then what comes, until the container is no longer supervised."""
    path = container.path("log")
    descriptor, rest = -1, b""
    while True:
        was_supervised = container.is_supervised()
        if descriptor == -1 and os.path.exists(path):
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        while descriptor != -1 and (data := os.read(descriptor, 1 << 20)):
            *lines, rest = (rest + data).split(b"\n")
            yield from map(json.loads, lines)
        if descriptor != -1 and not _is_still(descriptor, path):
            os.close(descriptor)
            descriptor, rest = -1, b""
            continue
        if not was_supervised:
            return
        time.sleep(0.05)


def _turns(name: str) -> int:
    return int(name.rpartition(".")[2])


def _is_still(descriptor: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False
