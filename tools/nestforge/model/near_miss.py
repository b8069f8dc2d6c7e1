"""The nearest known name to one that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """Return `did you mean '…'?` for the closest of `known`, or None where nothing is close.

    A name that was begun and not ended is the nearest: `vllm-0.8.5` means `vllm-0.8.5.post1`, not `vllm-0.8.2`.
    """
    from difflib import get_close_matches  # only a mistake pays for this import

    by_folded = {candidate.casefold(): candidate for candidate in sorted(known)}
    begun = [candidate for candidate in by_folded if len(name) > 2 and candidate.startswith(name.casefold())]
    close = get_close_matches(name.casefold(), begun, n=1, cutoff=0.6)
    close = close or get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
    return f"did you mean '{by_folded[close[0]]}'?" if close else None
