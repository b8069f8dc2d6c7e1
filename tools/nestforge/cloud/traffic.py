"""What went over the wire."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Traffic:
    """Counts as it happens: API calls (each attempt), objects sent and fetched, their bytes."""

    calls: int = 0
    uploads: int = 0
    downloads: int = 0
    bytes_sent: int = 0
