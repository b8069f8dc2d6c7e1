"""Which rows of the table of differences were really used: written in the containers, read for the report."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nestforge.rehearse.engine.inside import RECORDS, RECORDS_VARIABLE
from nestforge.rehearse.engine.mapping import Use
from nestforge.rehearse.standins.programs.docker.containers import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

_CONTAINERS = f"{ROOT.lstrip('/')}/*/kept"
"""Where a host keeps what its containers write."""


class Recorded(NamedTuple):
    """A use, and when it was made, in seconds since 1970."""

    at: float
    use: Use


def record(uses: Iterable[Use]) -> None:
    """Write uses down, and say them in the log of the container."""
    lines = []
    for use in uses:
        print(f"[rehearsal] {use.program}: {told(use)}: {use.reason}", file=sys.stderr, flush=True)
        lines.append(json.dumps({"at": time.time(), **use._asdict()}) + "\n")
    path = Path(os.environ.get(RECORDS_VARIABLE, RECORDS))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("".join(lines))


def told(use: Use) -> str:
    """Return a use in words.

    >>> told(Use("vllm", "--enforce-eager", "", "--enforce-eager", "")), told(Use("vllm", "$A", "0", "", ""))
    ('--enforce-eager is added', '$A (0) is taken away')
    """
    if not use.before:
        return f"{use.what} is added" + (f" ({use.after})" if use.after not in ("", use.what) else "")
    if not use.after:
        return f"{use.what} is taken away" if use.before == use.what else f"{use.what} ({use.before}) is taken away"
    return f"{use.before} becomes {use.after}"


def recorded(root: Path) -> list[Recorded]:
    """Return what was used on the host whose file system is at `root`, by the containers that are there, in order."""
    found = []
    for folder in (root, *root.glob(_CONTAINERS)):
        path = folder / RECORDS.lstrip("/")
        if path.exists():
            entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            found += [Recorded(one.pop("at"), Use(**one)) for one in entries]
    return sorted(found, key=lambda one: one.at)
