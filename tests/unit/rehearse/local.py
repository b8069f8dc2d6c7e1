"""Places to run commands from that are this machine, and hosts that say what they were told to say."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.rehearse.host import NO_VARIABLES, Finished

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass
class Here:
    """This machine."""

    name: str = "machine"
    address: str = "127.0.0.1"

    async def run(
        self,
        command: list[str],
        *,
        input: str = "",
        timeout: float = 60,
        environment: Mapping[str, str] = NO_VARIABLES,
    ) -> Finished:
        """Run the command here."""
        begun = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, **environment},
        )
        out, err = await asyncio.wait_for(process.communicate(input.encode()), timeout)
        return Finished(process.returncode or 0, out.decode(), err.decode(), time.monotonic() - begun)


@dataclass
class ToldHost:
    """A host that answers commands with what it was told, by the words that are in them."""

    said: Mapping[str, str] = field(default_factory=dict)
    lines: list[tuple[int, str]] = field(default_factory=list)
    root: Path = Path("/nowhere")
    instance_id: str = "i-1"
    name: str = "llm-master"
    address: str = "127.0.0.1"
    reboots: int = 0

    async def run(
        self,
        command: list[str],
        *,
        input: str = "",
        timeout: float = 60,
        environment: Mapping[str, str] = NO_VARIABLES,
    ) -> Finished:
        """Answer."""
        text = " ".join(command)
        for words, answer in self.said.items():
            if words in text:
                return Finished(0, answer, "", 0)
        return Finished(127, "", f"{command[0]}: not found", 0)

    async def reboot(self) -> None:
        """Count."""
        self.reboots += 1

    async def processes(self) -> list[tuple[int, str]]:
        """Return the lines."""
        return self.lines
