"""What a million output tokens cost."""

from __future__ import annotations

MILLION = 1_000_000
HOUR = 3600


def cost_per_million(per_hour: float, nodes: int, tokens_per_second: float) -> float:
    """Return the price of a million output tokens, in the currency of `per_hour`, the price of one node's hour."""
    return per_hour * nodes * MILLION / (tokens_per_second * HOUR)
