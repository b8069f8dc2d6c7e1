"""The facts about this host that its stand-ins go by, and where they keep things."""

from __future__ import annotations

import json
import os
from typing import Any

HOST_FACTS = "/run/nestforge/host.json"
CONTAINERS = "/var/lib/docker-standin"
UNITS = "/run/units-standin"
PROGRAMS = "/usr/lib/nestforge-standins"


def read_facts() -> dict[str, Any]:
    """Return what `standins.files` wrote. Raises SystemExit where this is no rehearsal's host."""
    try:
        with open(HOST_FACTS, encoding="utf-8") as file:
            facts: dict[str, Any] = json.load(file)
    except FileNotFoundError:
        raise SystemExit(f"{HOST_FACTS} is missing: this is not a host of a rehearsal") from None
    return facts


def write_whole(path: str, text: str, mode: int = 0o600) -> None:
    """Write a file that others read meanwhile: they see the old text or the new one."""
    fresh = f"{path}.{os.getpid()}.new"
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(fresh, path)
