"""Where lines are after an edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nestforge.model.diagnostic import Diagnostic


def line_after(line: int, old: Sequence[str], new: Sequence[str]) -> int | None:
    """Return where a line, counted from 0, is after an edit in one place; None where it was edited itself."""
    if line < _equal(old, new, line + 1):
        return line
    below = len(old) - line
    if below <= len(new) and _equal(old[::-1], new[::-1], below) == below:
        return len(new) - below
    return None


def moved(findings: Iterable[Diagnostic], old: Sequence[str], new: Sequence[str]) -> list[Diagnostic]:
    """Return the findings where their lines are after an edit; those of edited lines are gone."""
    result = []
    for found in findings:
        line = line_after(found.span.line - 1, old, new)
        if line is not None:
            further = line + 1 - found.span.line
            end = found.span.end_line + further if found.span.end_line else 0
            result.append(found._replace(span=found.span._replace(line=line + 1, end_line=end)))
    return result


def _equal(one: Sequence[str], other: Sequence[str], most: int) -> int:
    """Return how many lines are the same from the first on, at most so many."""
    for count, (a, b) in enumerate(zip(one[:most], other[:most], strict=False)):
        if a != b:
            return count
    return min(most, len(one), len(other))
