"""Names that need each other."""

from __future__ import annotations

from nestforge.evaluate.order import in_order

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def cycle_in(names: Iterable[str], edges: Iterable[tuple[str, str]]) -> list[str]:
    """Return one cycle, its first name repeated at its end; empty where there is none."""
    needs: dict[str, list[str]] = {name: [] for name in names}
    for user, needed in edges:
        if user in needs and needed in needs:
            needs[user].append(needed)
    return in_order(needs)[1]


def levels_of(names: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return how many names are needed one through the other, the name itself included; of what is in no cycle."""
    needs: dict[str, list[str]] = {name: [] for name in names}
    for user, needed in edges:
        if user in needs and needed in needs:
            needs[user].append(needed)
    ordered, _ = in_order(needs)
    levels: dict[str, int] = {}
    for name in ordered:
        if all(other in levels for other in needs[name]):
            levels[name] = 1 + max((levels[other] for other in needs[name]), default=0)
    return levels
