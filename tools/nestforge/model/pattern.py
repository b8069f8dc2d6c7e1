"""Regular expressions that are compiled when they are first used: most runs use few of those that they load.

To load `re` and to compile with it what one template uses takes a tenth of its check. What a command has compiled is
therefore kept, beside its bytecode, in the form in which `re` gives it to the interpreter; the next one takes it from
there without `re`. Flags are written into the expression, as `(?m)`: their names are in `re`.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]  # what `re` itself calls
import marshal
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from typing import Any

KEPT: dict[str, bytes] = {}
"""What earlier runs have compiled, by what is written; the interpreter refuses what it cannot run."""

MISSED: set[str] = set()
"""What was used and had to be compiled."""

_LOADED: set[str] = set()


class _Pattern:
    def __init__(self, written: str) -> None:
        self._written = written

    def __getattr__(self, name: str) -> Any:  # whatever re.Pattern has under this name
        found = getattr(_compiled(self._written), name)
        setattr(self, name, found)  # the next use finds it at once
        return found


def pattern(written: str) -> re.Pattern[str]:
    """Return what `re.compile` does, without compiling it yet."""
    _LOADED.add(written)
    lazy: Any = _Pattern(written)
    made: re.Pattern[str] = lazy
    return made


def to_keep() -> dict[str, bytes]:
    """Return what was kept, and what the loaded modules may want of the next run."""
    return KEPT | {written: form for written in _LOADED - KEPT.keys() if (form := _form(written)) is not None}


@cache
def _compiled(written: str) -> re.Pattern[str]:
    kept = KEPT.get(written)
    if kept is not None:
        try:
            made: re.Pattern[str] = _sre.compile(written, *marshal.loads(kept))
        except (RuntimeError, TypeError, ValueError, EOFError):  # damaged
            del KEPT[written]
        else:
            return made
    import re

    MISSED.add(written)
    return re.compile(written)


def _form(written: str) -> bytes | None:
    """Return what `re` would give the interpreter; None where this version of `re` does otherwise."""
    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]  # nothing public tells

        parsed = _parser.parse(written)
        groups = parsed.state.groupdict
        names: list[str | None] = [None] * parsed.state.groups
        for name, number in groups.items():
            names[number] = name
        flags, code = int(parsed.state.flags), [int(of) for of in _compiler._code(parsed, 0)]
    except (ImportError, AttributeError, TypeError):
        return None
    return marshal.dumps((flags, code, parsed.state.groups - 1, groups, tuple(names)))
