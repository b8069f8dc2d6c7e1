"""The file that was meant by a path that leads to none."""

from __future__ import annotations

import posixpath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_ALIKE = 0.75
"""Paths share their folders and endings: names as different as `master.sh` and `worker.sh` are 0.67 alike."""


def near_path(path: str, known: Iterable[str]) -> str | None:
    """Return `did you mean '…'?` for a file beside it with a similar name, or of its name in a similar folder."""
    from difflib import get_close_matches  # only a mistake pays for this import

    folder, name = posixpath.split(path)
    beside: dict[str, str] = {}
    namesakes: dict[str, str] = {}
    for candidate in sorted(known):
        place, own = posixpath.split(candidate)
        if place == folder:
            beside[own.casefold()] = candidate
        elif own == name:
            namesakes[place] = candidate
    for wanted, candidates in ((name.casefold(), beside), (folder, namesakes)):
        if close := get_close_matches(wanted, candidates, n=1, cutoff=_ALIKE):
            return f"did you mean '{candidates[close[0]]}'?"
    return None
