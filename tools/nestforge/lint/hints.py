"""The nearest known names for what a rule finds: for its first findings, since each one is a search."""

from __future__ import annotations

from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_MOST_NAMES = 200
_MOST_CANDIDATES = 2_000


class Hints:
    """Looks for near misses in the run of one rule; a file full of mistakes gets them at its beginning."""

    def __init__(self) -> None:
        self._found: dict[str, str | None] = {}

    def near(self, name: str, known: Collection[str]) -> str | None:
        """Return `did you mean '…'?`, None where nothing is close, or after many other names."""
        return self.near_in(name, lambda: known)

    def near_in(self, name: str, known: Callable[[], Collection[str]]) -> str | None:
        """Return the same for names that are listed only when they are needed."""
        if name not in self._found:
            if len(self._found) >= _MOST_NAMES:
                return None
            candidates = known()
            self._found[name] = did_you_mean(name, candidates) if len(candidates) <= _MOST_CANDIDATES else None
        return self._found[name]
