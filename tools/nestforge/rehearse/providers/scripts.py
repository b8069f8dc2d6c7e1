"""Run a script in a host as the agents of the cloud do: from a file, as root, its output kept and followed."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from nestforge.rehearse.namespaces.errors import MachineFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nestforge.rehearse.host import Finished
    from nestforge.rehearse.instance import Instance

COMMANDS = "commands"
"""The part of a run's folder that keeps the output of scripts."""

_SAVE = 'umask 077 && mkdir -p "${1%/*}" && cat >"$1" && chmod 700 "$1"'
_PAUSE = 0.3
"""Seconds between two looks at what has been written."""

_MOST_LINES = 2000
_LONGEST_LINE = 2000


@dataclass(frozen=True, slots=True)
class Script:
    """A script: the file in the host that it becomes, the folder that it runs in, and its limit in seconds."""

    path: str
    content: str
    cwd: str
    timeout: float


async def run_script(
    folder: Path, instance: Instance, name: str, script: Script, tell: Callable[[str], None]
) -> Finished:
    """Run the script; each line of its output is told as it comes.

    Output and exit code are kept in the run's folder, under `name`; both streams are one, as in the cloud.
    Raises MachineFailed.
    """
    saved = await instance.run(["/bin/sh", "-c", _SAVE, "sh", script.path], input=script.content)
    if saved.returncode != 0:
        raise MachineFailed(f"{instance.name} cannot keep the command: {saved.stderr.strip()}")
    kept = folder / COMMANDS
    kept.mkdir(exist_ok=True)
    output = kept / f"{name}.log"
    # Appending: two streams write to one file, each after what the other wrote.
    with output.open("a+b") as file, instance.machine.scratch() as nothing:
        output.chmod(0o600)
        os.fchown(file.fileno(), instance.machine.blueprint.owner, instance.machine.blueprint.owner)
        following = asyncio.create_task(_follow(output, tell))
        try:
            done = await instance.machine.run_into(
                ["/bin/sh", "-c", script.path], (nothing, file, file), timeout=script.timeout, cwd=script.cwd
            )
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following
    facts = {"exit_code": done.returncode, "seconds": round(done.seconds, 3), "timed_out": done.timed_out}
    (kept / f"{name}.json").write_text(json.dumps(facts) + "\n", encoding="ascii")
    return done


async def _follow(output: Path, tell: Callable[[str], None]) -> None:
    """Tell complete lines until cancelled, then what is left."""
    with output.open("rb") as file:
        teller = _Teller(file, tell)
        try:
            while True:
                teller.tell_new()
                await asyncio.sleep(_PAUSE)
        finally:
            teller.tell_new()
            teller.tell_rest()


class _Teller:
    def __init__(self, file: IO[bytes], tell: Callable[[str], None]) -> None:
        self._file = file
        self._tell = tell
        self._told = 0
        self._begun = b""

    def tell_new(self) -> None:
        *whole, self._begun = (self._begun + self._file.read()).split(b"\n")
        for line in whole:
            self._tell_line(line)

    def tell_rest(self) -> None:
        if self._begun:
            self._tell_line(self._begun)

    def _tell_line(self, line: bytes) -> None:
        self._told += 1
        if self._told <= _MOST_LINES:
            self._tell(line[:_LONGEST_LINE].decode(errors="replace").rstrip("\r"))
        elif self._told == _MOST_LINES + 1:
            self._tell("there is more output; the rehearsal's folder has all of it")
