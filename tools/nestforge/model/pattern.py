"""Regular expressions that are compiled when they are first used: most runs use few of those that they load."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _Pattern:
    def __init__(self, written: str, flags: int) -> None:
        self._written = written
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # whatever re.Pattern has under this name
        found = getattr(re.compile(self._written, self._flags), name)
        setattr(self, name, found)  # the next use finds it at once
        return found


def pattern(written: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` does, without compiling it yet."""
    lazy: Any = _Pattern(written, flags)
    made: re.Pattern[str] = lazy
    return made
