"""Put what depends on each other in order."""

from __future__ import annotations

from bisect import insort

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def in_order(needs: Mapping[str, Sequence[str]]) -> tuple[list[str], list[str]]:
    """Return the names, each after those that it needs, otherwise as given; and one cycle, if there is any.

    What is in a cycle, or needs one, comes last.
    """
    places = {name: place for place, name in enumerate(needs)}
    names = list(needs)
    missing = {name: len(set(own)) for name, own in needs.items()}
    needed_by: dict[str, list[str]] = {}
    for name, own in needs.items():
        for other in set(own):
            needed_by.setdefault(other, []).append(name)
    ready = sorted(-places[name] for name, count in missing.items() if count == 0)
    ordered: list[str] = []
    while ready:
        name = names[-ready.pop()]
        ordered.append(name)
        for other in needed_by.get(name, ()):
            missing[other] -= 1
            if missing[other] == 0:
                insort(ready, -places[other])
    done = set(ordered)
    left = [name for name in names if name not in done]
    return ordered + left, _cycle(left, needs)


def _cycle(left: Sequence[str], needs: Mapping[str, Sequence[str]]) -> list[str]:
    """Follow what is left from need to need until a name comes again."""
    stuck = set(left)
    way: dict[str, None] = {}
    name = left[0] if left else None
    while name is not None and name not in way:
        way[name] = None
        name = next((other for other in needs[name] if other in stuck), None)
    return [] if name is None else [*list(way)[list(way).index(name) :], name]
