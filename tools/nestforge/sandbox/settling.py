"""Passing states: Creating, Updating, Launching, Delivering.

The cloud needs time for them; the sandbox counts reads instead, so that whoever polls is exercised and
nobody waits. Each passing state is shown for as many reads as the sandbox is set to; with 0, the default,
the first read shows the last state.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from nestforge.sandbox.records import ArtifactVersion, Registration, ServiceVersion

Record = TypeVar("Record", ServiceVersion, ArtifactVersion, Registration)


def current(record: ServiceVersion | ArtifactVersion | Registration, reads_per_state: int) -> str:
    """Return the state that the next read shows."""
    states = (record.status, *record.ahead)
    if reads_per_state == 0:
        return states[-1]
    return states[min(record.reads // reads_per_state, len(states) - 1)]


def read(record: Record, reads_per_state: int) -> tuple[Record, Record]:
    """Return the record as this read shows it, and as it is to be kept."""
    shown = replace(record, status=current(record, reads_per_state))
    if not record.ahead:
        return record, record
    if shown.status == record.ahead[-1]:
        settled = replace(shown, ahead=(), reads=0)
        return settled, settled
    return shown, replace(record, reads=record.reads + 1)
