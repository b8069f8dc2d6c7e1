"""Numbers with so many digits after the point."""

from __future__ import annotations


def rounded(number: int | float, digits: int) -> int | float:
    """Return the number rounded; with no digits it is a whole one."""
    return round(number) if digits == 0 else round(number, digits)
