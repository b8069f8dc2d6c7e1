"""How fast the small model answers through the proxy: figures of this machine's CPU, none of a GPU."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError
from nestforge.rehearse.engine import load_program

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nestforge.rehearse.host import Vantage

CLIENTS = (1, 4, 16)
SECONDS = 10.0
MAX_TOKENS = 16
MOST_REQUESTS = 500
_GRACE = 120.0
"""Seconds for requests that have begun when the time is over."""


class NoMeasurement(NestforgeError):
    """The load could not be measured."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"the load from {place} could not be measured: {reason}")


@dataclass(frozen=True, slots=True)
class Load:
    """What so many clients at once got. Times in seconds; a time to first token of 0 where nothing was answered."""

    clients: int
    seconds: float
    requests: int
    output_tokens: int
    first_token_median: float
    first_token_p95: float
    whole_median: float
    failures: tuple[str, ...]

    @property
    def requests_per_second(self) -> float:
        """Completed requests."""
        return self.requests / self.seconds

    @property
    def tokens_per_second(self) -> float:
        """Of all clients together."""
        return self.output_tokens / self.seconds


async def measure_load(
    place: Vantage, url: str, model: str, key: str, clients: Sequence[int] = CLIENTS, seconds: float = SECONDS
) -> list[Load]:
    """Return a measurement for each number of clients, one after the other; `url` is without `/v1`.

    Raises NoMeasurement where the program cannot be run there.
    """
    program = Path(load_program.__file__).read_text(encoding="utf-8")
    found = []
    for count in clients:
        words = [url, model, str(count), str(seconds), str(MAX_TOKENS), str(MOST_REQUESTS)]
        done = await place.run(
            ["python3", "-", *words], input=program, timeout=seconds + _GRACE, environment={"KEY": key}
        )
        if done.returncode:
            raise NoMeasurement(place.name, done.stderr.strip()[-500:] or f"exit {done.returncode}")
        found.append(read_load(count, done.stdout))
    return found


def read_load(clients: int, printed: str) -> Load:
    """Return what the program printed."""
    told = json.loads(printed)
    first, whole = told["first"], told["whole"]
    return Load(
        clients,
        told["seconds"],
        len(first),
        told["tokens"],
        _percentile(first, 50),
        _percentile(first, 95),
        _percentile(whole, 50),
        tuple(told["failures"]),
    )


def _percentile(values: Sequence[float], which: int) -> float:
    """Return a percentile, 0 of nothing.

    >>> _percentile([3.0, 1.0, 2.0], 50), _percentile([7.0], 95), _percentile([], 50)
    (2.0, 7.0, 0.0)
    """
    if len(values) < 2:
        return values[0] if values else 0.0
    return quantiles(values, n=100, method="inclusive")[which - 1]
