"""A bound on what is looked at: with aliases, a small file can stand for one without end."""

from __future__ import annotations

_LEAST, _A_LINE = 20_000, 50


class Budget:
    """How many more nodes may be looked at."""

    def __init__(self, left: int) -> None:
        self.left = left

    @classmethod
    def for_lines(cls, lines: int) -> Budget:
        """Return what a template of so many lines may cost, far more than any published one does."""
        return cls(_LEAST + _A_LINE * lines)

    def spend(self) -> bool:
        """Return whether one more may be looked at."""
        self.left -= 1
        return self.left >= 0
