"""What was found in the nodes of a text, for its next version: an edit leaves most nodes what they are."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    T = TypeVar("T")
    _Kept = dict[tuple[object, ...], tuple[tuple[object, ...], Any]]  # each what its function returns


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

    def recall(self, same: tuple[object, ...], find: Callable[..., T], *of: object) -> T:
        """Return what `find` returns for `of`, or returned when it looked at the `same`."""
        key = (find, *(each if isinstance(each, str) else id(each) for each in same))
        known = self._now.get(key) or self._before.get(key)
        if known is None:
            known = same, find(*of)  # `same` is kept as well: nothing else gets the id of one of them
        self._now[key] = known
        found: T = known[1]
        return found
