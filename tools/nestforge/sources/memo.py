"""What pure steps made in earlier runs, each with what it had looked at.

What a pure step makes follows from the answers to its questions alone. So it is taken as it was while those questions
have the same answers, whatever else has changed.
"""

from __future__ import annotations

import marshal
import os
import pickle
from hashlib import blake2b
from typing import TypeVar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

T = TypeVar("T")
V = TypeVar("V")

Question = tuple[str | int | tuple[str | int, ...], ...]
"""Names one thing that a step can look at: `("project", "files", "scripts/lib/log.sh")`."""

_SEAL = 32
_Kept = tuple[tuple[tuple[Question, bytes], ...], bytes, tuple[str, ...]]
"""What a step asked, with digests of the answers; what it made, pickled; what it took that follows from values."""


class Memo:
    """Keeps what steps made in the file at `path`, which is written by `save`; without a path nothing is kept.

    The file holds the steps of the last run alone. It is for the state of nestforge that wrote it, and for the user
    who runs it: it carries Python's objects. `worked` lists the steps that had to be done in this run.
    """

    def __init__(self, path: str | None = None) -> None:
        self.path = path
        self.worked: list[str] = []
        self._before = _read(path) if path is not None else {}
        self._now: dict[str, _Kept] = {}
        self._followed: dict[str, object] = {}
        self._taken: set[str] = set()

    def of(self, step: str, digest: Callable[[Question], bytes], work: Callable[[], tuple[Iterable[Question], T]]) -> T:
        """Return what `step` makes: what it made before, or what `work` returns with the questions it had.

        `digest` tells answers apart: it returns the same bytes for the same answer only.
        """
        if self.path is None:
            return work()[1]
        known = self._before.get(step)
        if known is not None and all(digest(question) == before for question, before in known[0]):
            self._now[step] = known
            self._now.update((key, self._before[key]) for key in known[2] if key not in self._now)
            kept: T = pickle.loads(known[1])
            return kept
        self.worked.append(step)
        self._taken = set()
        questions, made = work()
        asked = tuple((question, digest(question)) for question in questions)
        self._now[step] = asked, pickle.dumps(made), tuple(sorted(self._taken))
        return made

    def of_values(self, name: str, values: Sequence[V], find: Callable[[Sequence[V]], Iterable[T]]) -> list[T]:
        """Return what `find` returns for each of `values`, which it is given where it is not known from before.

        It follows from the value alone, as its `repr` has it. It is kept as long as the step is that asked for it.
        """
        if self.path is None:
            return list(find(values))
        keys = [f"{name} {blake2b(repr(value).encode(), digest_size=16).hexdigest()}" for value in values]
        new = {key: value for key, value in zip(keys, values, strict=True) if not self._knows(key)}
        for key, made in zip(new, find(list(new.values())) if new else (), strict=True):
            self._now[key] = (), pickle.dumps(made), ()
            self._followed[key] = made
        self._taken.update(keys)
        found: list[T] = [self._followed[key] for key in keys]  # type: ignore[misc]  # of a name, all are of one type
        return found

    def _knows(self, key: str) -> bool:
        if key not in self._followed and key in self._before:
            self._now[key] = self._before[key]
            self._followed[key] = pickle.loads(self._before[key][1])
        return key in self._followed

    def save(self) -> None:
        """Write what this run used and made, in place of what was there; on a full disk it is made again."""
        if self.path is None or self._now == self._before:
            return
        content = marshal.dumps(self._now)
        temporary = f"{self.path}.{os.getpid()}"
        try:
            os.makedirs(os.path.dirname(self.path), mode=0o700, exist_ok=True)
            with open(temporary, "wb") as file:
                file.write(_seal(self.path, content) + content)
            os.replace(temporary, self.path)
        except OSError:
            return


NOTHING_KEPT = Memo()
"""Does every step."""


def _read(path: str) -> dict[str, _Kept]:
    """Return what the file holds; nothing where it is not whole, or was written for another place."""
    try:
        with open(path, "rb") as file:
            seal, content = file.read(_SEAL), file.read()
    except OSError:
        return {}
    if seal != _seal(path, content):
        return {}
    known: dict[str, _Kept] = marshal.loads(content)
    return known


def _seal(path: str, content: bytes) -> bytes:
    place = blake2b(path.encode("utf-8", "surrogateescape"), digest_size=_SEAL).digest()
    return blake2b(content, key=place, digest_size=_SEAL).digest()
