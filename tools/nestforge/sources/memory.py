"""What was found in the nodes of a text, for its next version: an edit leaves most nodes what they are."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any, TypeVar

    T = TypeVar("T")
    _Same = tuple[object, ...]
    _Kept = dict[_Same, tuple[_Same, Any]]  # each what its function returns


class Memory:
    """Recalls what functions returned, as long as all is the same that they look at.

    Texts are told apart by what they say, all else by which object it is. What the version before did not need is
    forgotten. `is_spoilt`: a bound on what is looked at was met, which may be met elsewhere where nothing is recalled.
    """

    def __init__(self) -> None:
        self.is_spoilt = False
        self._before: _Kept = {}
        self._now: _Kept = {}

    def next_version(self) -> None:
        """Take what comes for another version of the text."""
        self._before, self._now = self._now, {}

    def recall(self, same: _Same, find: Callable[..., T], *of: object) -> T:
        """Return what `find` returns for `of`, or returned when it looked at the `same`."""
        key = (find, *_told_apart(same))
        known = self._now.get(key) or self._before.get(key)
        if known is None:
            known = same, find(*of)  # `same` is kept as well: nothing else gets the id of one of them
        self._now[key] = known
        found: T = known[1]
        return found

    def recall_findings(
        self, every: Sequence[tuple[_Same, object]], find: Callable[[list[int]], Iterable[list[T]]]
    ) -> list[list[T]]:
        """Return what is found in each of `every`, which says what must be the same, and where that is.

        `find` is asked at once for all that have to be looked at, by their indices; for what has been found says where
        it is, also for those where it is elsewhere now.
        """
        keys = [tuple(_told_apart(same)) for same, _ in every]
        kept = [self._now.get(key) or self._before.get(key) for key in keys]
        unknown = [
            index
            for index, known in enumerate(kept)
            if known is None or (known[1][1] and known[1][0] != every[index][1])
        ]
        for index, found in zip(unknown, find(unknown) if unknown else (), strict=True):
            same, place = every[index]
            kept[index] = same, (place, found)
        known = {key: each for key, each in zip(keys, kept, strict=True) if each is not None}
        self._now.update(known)
        return [found for _, (_, found) in known.values()]


def _told_apart(same: _Same) -> Iterable[object]:
    return (each if isinstance(each, str) else id(each) for each in same)
