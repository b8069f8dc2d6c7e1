"""What the processes of a host hold, and how long they have worked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError
from nestforge.rehearse.engine import memory_program

if TYPE_CHECKING:
    from nestforge.rehearse.host import Vantage


class MemoryUnknown(NestforgeError):
    """The processes of a host could not be looked at."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"the processes of {place} could not be looked at: {reason}")


@dataclass(frozen=True, slots=True)
class ProcessMemory:
    """One process. Sizes in bytes; `share` has pages that several processes hold divided among them.

    `worked` is in seconds of one processor, with the time of children that have ended.
    """

    pid: int
    name: str
    resident: int
    share: int
    worked: float


async def memory_by_process(place: Vantage) -> list[ProcessMemory]:
    """Return the processes of a host, those of its containers included, the largest first. Raises MemoryUnknown."""
    program = Path(memory_program.__file__).read_text(encoding="utf-8")
    done = await place.run(["python3", "-"], input=program)
    if done.returncode:
        raise MemoryUnknown(place.name, done.stderr.strip()[-500:] or f"exit {done.returncode}")
    found = [ProcessMemory(*entry) for entry in json.loads(done.stdout)]
    return sorted(found, key=lambda one: one.share, reverse=True)
