"""The program `journalctl`: what units wrote."""

from __future__ import annotations

import sys
import time

from nestforge.rehearse.standins.programs.systemd import journal
from nestforge.rehearse.standins.programs.systemd.unit_file import full_name

PASSED_OVER = (
    "--no-pager",
    "-x",
    "-e",
    "-xe",
    "-q",
    "--quiet",
    "-a",
    "--all",
    "-b",
    "--boot",
    "-l",
    "--full",
    "--no-hostname",
)


def main() -> int:
    """Run the command line; return the exit code."""
    units: list[str] = []
    count: int | None = None
    follow = False
    output = "short"
    rest = sys.argv[1:]
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if word in PASSED_OVER:
            continue
        if word in ("-f", "--follow"):
            follow = True
        elif name in ("-u", "--unit", "-n", "--lines", "-o", "--output", "-xeu"):
            value = value if equals else rest.pop(0) if rest else ""
            units += [full_name(value)] if name in ("-u", "--unit", "-xeu") else []
            count = int(value) if name in ("-n", "--lines") else count
            output = value if name in ("-o", "--output") else output
        else:
            print(f"journalctl: unrecognized option '{word}' (by the rehearsal's journalctl)", file=sys.stderr)
            return 1
    if output not in ("short", "cat"):
        print(f"the rehearsal's journalctl does not honour --output {output}", file=sys.stderr)
        return 1
    lines = journal.lines_of(units)
    shown = lines[-count:] if count else lines if count is None else []
    _print(shown or ([] if follow else ["-- No entries --"]), output)
    seen = len(lines)
    while follow:
        time.sleep(0.2)
        lines = journal.lines_of(units)
        _print(lines[seen:], output)
        seen = len(lines)
    return 0


def _print(lines: list[str], output: str) -> None:
    for line in lines:
        print(line.partition("]: ")[2] if output == "cat" else line, flush=True)
