"""What a host does when it comes up: it starts the units that are enabled, in their order."""

from __future__ import annotations

import os
import sys

from nestforge.rehearse.standins.programs.systemd import journal, systemctl
from nestforge.rehearse.standins.programs.systemd.unit_file import UnitError, find_path, load

PRESET = "/etc/systemd/system-preset/00-image.preset"
_HAS_BOOTED = "/var/lib/nestforge-booted"


def main() -> int:
    """Enable what the image's preset names, at the first boot; then start what is enabled. Units may fail."""
    if not os.path.exists(_HAS_BOOTED):
        for name in _preset():
            systemctl.COMMANDS["enable"]([name], {"--quiet"})
        os.makedirs(os.path.dirname(_HAS_BOOTED), exist_ok=True)
        with open(_HAS_BOOTED, "w", encoding="ascii"):
            pass
    failed = 0
    for name in _in_order([name for name in systemctl.enabled() if find_path(name)]):
        try:
            systemctl.start(name)
        except UnitError as error:
            journal.add(name, "systemd", 1, error.message.splitlines())
            print(error.message, file=sys.stderr)
            failed = 1
    return failed


def _preset() -> list[str]:
    try:
        with open(PRESET, encoding="utf-8") as file:
            lines = [line.split() for line in file]
    except FileNotFoundError:
        return []
    return [words[1] for words in lines if words[:1] == ["enable"]]


def _in_order(names: list[str]) -> list[str]:
    """Return units so that each comes after those it names in After=, where they are started at all."""
    after = {name: {word for word in load(name).words("After") if word in names} for name in names}
    for name in names:
        for later in load(name).words("Before"):
            if later in after:
                after[later].add(name)
    ordered: list[str] = []
    while len(ordered) < len(names):
        ready = [name for name in names if name not in ordered and after[name] <= set(ordered)]
        ordered += ready[:1] or [name for name in names if name not in ordered][:1]
    return ordered
