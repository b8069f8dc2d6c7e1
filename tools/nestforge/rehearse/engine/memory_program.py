"""Prints the memory and the processor time of every process as JSON: runs on its own wherever a command can be run.

Names of programs only: arguments may hold what a report must not.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

_PYTHON = re.compile(r"python[\d.]*")
_SIZE = re.compile(r"^(Rss|Pss): +(\d+) kB$", re.MULTILINE)


def main() -> None:
    """Print process id, name, bytes, resident and with shared pages divided among all, and seconds of a processor."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace").rstrip("\0").split("\0")
            sizes = dict(_SIZE.findall((folder / "smaps_rollup").read_text()))
            ticks = (folder / "stat").read_text().rpartition(")")[2].split()[11:15]
        except OSError:  # has ended, or is the kernel's
            continue
        if sizes:
            bytes_held = [int(sizes[kind]) * 1024 for kind in ("Rss", "Pss")]
            seconds = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
            found.append([int(folder.name), name_of(words), *bytes_held, seconds])
    json.dump(found, sys.stdout)


def name_of(words: list[str]) -> str:
    """Return what to call a process: a program, or what Python was told to run."""
    name = words[0].split(" ")[0].rpartition("/")[2].rstrip(":")
    if not _PYTHON.fullmatch(name):
        return name
    for index, word in enumerate(words[1:], 1):
        if word == "-m" and index + 1 < len(words):
            return words[index + 1]
        if word == "-c":
            return "python -c"
        if not word.startswith("-"):
            return word.rpartition("/")[2]
    return name


if __name__ == "__main__":
    main()
