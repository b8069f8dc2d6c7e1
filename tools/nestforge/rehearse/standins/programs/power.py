"""The programs `reboot`, `shutdown`, `poweroff` and `halt`: they ask who made the host."""

from __future__ import annotations

import os
import sys

from nestforge.rehearse.standins.programs.facts import write_whole

ASKED = "/run/nestforge/power"
"""What is asked for: `reboot` or `poweroff`. Who made the host watches this file."""


def main() -> int:
    """Run the command line of any of them."""
    name = os.path.basename(sys.argv[0])
    arguments = sys.argv[1:]
    if name != "shutdown":
        return ask(name)
    times = [word for word in arguments if not word.startswith("-")]
    if "-c" in arguments:
        if os.path.exists(ASKED):
            os.remove(ASKED)
        return 0
    if times and times[0] not in ("now", "+0"):
        print(f"the rehearsal's shutdown does not wait: say `now` instead of {times[0]}", file=sys.stderr)
        return 1
    return ask("reboot" if {"-r", "--reboot"} & set(arguments) else "poweroff")


def ask(what: str) -> int:
    """Ask for a reboot or for the host's end; return 0."""
    write_whole(ASKED, "reboot\n" if what == "reboot" else "poweroff\n", 0o644)
    return 0
