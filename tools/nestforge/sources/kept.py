"""What pure functions returned for values, from one build to the next: a change leaves most texts as they are."""

from __future__ import annotations

from functools import wraps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeVar

    from nestforge.sources.memo import Memo

    T = TypeVar("T")
    V = TypeVar("V")

_memos: list[Memo] = []


def keeping(memo: Memo, work: Callable[[], T]) -> T:
    """Return what `work` returns, and let `memo` keep what the functions return meanwhile."""
    _memos.append(memo)
    try:
        return work()
    finally:
        _memos.pop()


def kept(find: Callable[[V], T]) -> Callable[[V], T]:
    """Make a function one that is not called for a value that a build has known before."""
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def recalled(value: V) -> T:
        return _memos[-1].of_values(name, [value], lambda new: map(find, new))[0] if _memos else find(value)

    return recalled


def kept_each(find: Callable[[Sequence[V]], Iterable[T]]) -> Callable[[Sequence[V]], Iterable[T]]:
    """Do so with a function that takes values, and returns something for each of them."""
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def recalled(values: Sequence[V]) -> Iterable[T]:
        return _memos[-1].of_values(name, values, find) if _memos else find(values)

    return recalled
