"""Try again what may be tried again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from nestforge.cloud.errors import CloudRefused, CloudUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

WAITS = (0.5, 1.0, 2.0, 4.0)
"""Seconds before the second and later tries."""


def with_retries(attempt: Callable[[], T], wait: Callable[[float], None] = time.sleep) -> T:
    """Return what `attempt` returns, tried again after throttling, a 5xx or a lost connection.

    Only for what does nothing twice: reads, uploads to one key, and calls with a ClientToken.
    """
    for seconds in WAITS:
        try:
            return attempt()
        except CloudUnreachable:
            pass
        except CloudRefused as refusal:
            passing = refusal.status in (429, 500, 502, 503, 504) or refusal.code.startswith("Throttling")
            if not passing:
                raise
        wait(seconds)
    return attempt()
