"""What services wrote, a line of JSON each."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "/var/log/journal-standin"


def add(unit: str, identifier: str, pid: int, lines: list[str]) -> None:
    """Keep lines of a unit's process."""
    os.makedirs(FOLDER, mode=0o750, exist_ok=True)
    records = (
        json.dumps({"time": time.time(), "unit": unit, "identifier": identifier, "pid": pid, "message": line})
        for line in lines
    )
    with open(f"{FOLDER}/{unit}.log", "a", encoding="utf-8") as file:
        file.write("".join(f"{record}\n" for record in records))


def lines_of(units: list[str]) -> list[str]:
    """Return what these units wrote, or all, as journalctl shows it."""
    kept = [record for unit in units or _all() for record in _records(unit)]
    return [shown(record) for record in sorted(kept, key=lambda record: float(str(record["time"])))]


def shown(record: dict[str, object]) -> str:
    """Return a line of journalctl."""
    moment = time.strftime("%b %d %H:%M:%S", time.localtime(float(str(record["time"]))))
    return f"{moment} {os.uname().nodename} {record['identifier']}[{record['pid']}]: {record['message']}"


def _all() -> list[str]:
    names = os.listdir(FOLDER) if os.path.isdir(FOLDER) else []
    return [name.removesuffix(".log") for name in sorted(names)]


def _records(unit: str) -> Iterator[dict[str, object]]:
    try:
        with open(f"{FOLDER}/{unit}.log", encoding="utf-8") as file:
            yield from map(json.loads, file)
    except FileNotFoundError:
        return
