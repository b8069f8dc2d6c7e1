"""The nearest known name to one that is not known."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


_SHORTEST = 4
_LEAST_ALIKE = 0.6


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """Return `did you mean '…'?` for the closest of `known`, or None where nothing is close.

    A name that was begun and not ended is the nearest: `vllm-0.8.5` means `vllm-0.8.5.post1`, not `vllm-0.8.2`.
    """
    return _nearest(name, tuple(sorted(known)))


@lru_cache(maxsize=256)  # an editor asks again with every key, and templates share their mistakes
def _nearest(name: str, known: tuple[str, ...]) -> str | None:
    by_folded = {candidate.casefold(): candidate for candidate in known}
    begun = [candidate for candidate in by_folded if len(name) > 2 and candidate.startswith(name.casefold())]
    close = _closest(name.casefold(), begun) or _closest(name.casefold(), by_folded)
    return f"did you mean '{by_folded[close]}'?" if close else None


def _closest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that is most like `name`, if one is enough.

    Those that begin alike are compared first: the better the best one so far, the fewer others need comparing.
    """
    from difflib import SequenceMatcher  # only a mistake pays for this import

    best, close = _LEAST_ALIKE, None
    matcher = SequenceMatcher(b=name)
    for candidate in sorted(candidates, key=lambda each: _shared(each, name), reverse=True):
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() >= best and matcher.quick_ratio() >= best:
            alike = matcher.ratio()
            if alike >= best and (close is None or (alike, candidate) > (best, close)):
                best, close = alike, candidate
    return close


def _shared(one: str, other: str) -> int:
    """Return how many characters two names begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def slip_of(name: str, known: Iterable[str]) -> str | None:
    """Return the only one of `known` that `name` differs from by case, or by one slip of a finger; None otherwise.

    A slip adds, drops or changes one character, or swaps two neighbours. Short names have too many neighbours.
    """
    if len(name) < _SHORTEST:
        return None
    folded = name.casefold()
    near = {candidate for candidate in known if _is_slip(folded, candidate.casefold())}
    return near.pop() if len(near) == 1 else None


def _is_slip(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    start = _shared(one, other)
    a, b = one[start:], other[start:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped
