"""The place in a line of what is known by its words only."""

from __future__ import annotations

from nestforge.model.diagnostic import Span


def place_in_line(path: str, number: int, line: str, written: str = "") -> Span:
    """Return the place of `written` in a line, or of the first sign in it."""
    column = line.rfind(written) if written else -1
    if column < 0:
        return Span(path, number, len(line) - len(line.lstrip()) + 1 if line.strip() else 1)
    return Span(path, number, column + 1, number, column + 1 + len(written))
