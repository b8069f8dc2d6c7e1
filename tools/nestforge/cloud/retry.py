"""Ask again where the cloud was only busy or out of reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.model.errors import NestforgeError

T = TypeVar("T")

PAUSES = (0.2, 0.8, 2.0, 5.0)
"""Seconds before the second, third… attempt."""

LONGEST_PAUSE = 30.0


class Failed(Exception):
    """One attempt failed. `passing` says that another one may succeed, `after` in how many seconds at the earliest."""

    def __init__(self, error: NestforgeError, *, passing: bool, after: float = 0.0) -> None:
        super().__init__(error.message)
        self.error = error
        self.passing = passing
        self.after = after


@dataclass(frozen=True, slots=True)
class Retry:
    """Repeats calls. Each call that nestforge makes may be repeated: it reads, or says the same twice to the
    same effect, or carries a ClientToken. `tell` hears why it takes longer."""

    wait: Callable[[float], None]
    tell: Callable[[str], None]

    def __call__(self, attempt: Callable[[], T]) -> T:
        """Return what `attempt` returns; raise the error that its last Failed carries."""
        for pause in PAUSES:
            try:
                return attempt()
            except Failed as failed:
                if not failed.passing:
                    raise failed.error from failed.__cause__
                seconds = min(max(pause, failed.after), LONGEST_PAUSE)
                self.tell(f"{failed.error.message}; trying again in {seconds:g} s")
                self.wait(seconds)
        try:
            return attempt()
        except Failed as failed:
            raise failed.error from failed.__cause__
