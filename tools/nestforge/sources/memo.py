"""What pure steps made in earlier runs, each with what it had looked at.

What a pure step makes follows from the answers to its questions alone. So it is taken as it was while those questions
have the same answers, whatever else has changed.
"""

from __future__ import annotations

import marshal
import os
import pickle
from hashlib import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeVar

    T = TypeVar("T")
    V = TypeVar("V")

Question = tuple[str | int | tuple[str | int, ...], ...]
"""Names one thing that a step can look at: `("project", "files", "scripts/lib/log.sh")`."""

Answer = tuple[Question, bytes]
"""A question, and a digest of its answer."""

_SEAL = 32
_Kept = tuple[tuple[int, ...], bytes, tuple[str, ...]]
"""Which answers a step had; what it made, pickled; what it took that follows from values."""


class Memo:
    """Keeps what steps made in the file at `path`, which is written by `save`; without a path nothing is kept.

    The file holds the steps of the last run alone. It is for the state of nestforge that wrote it, and for the user
    who runs it: it carries Python's objects. `worked` lists the steps that had to be done in this run.
    """

    def __init__(self, path: str | None = None) -> None:
        self.path = path
        self.worked: list[str] = []
        self._answers, self._before = _read(path) if path is not None else ([], {})
        self._now: dict[str, _Kept] = {}
        self._followed: dict[str, object] = {}
        self._taken: set[str] = set()
        self._same: set[int] = set()
        self._places: dict[Answer, int] = {}

    def of(self, step: str, digest: Callable[[Question], bytes], work: Callable[[], tuple[Iterable[Question], T]]) -> T:
        """Return what `step` makes: what it made before, or what `work` returns with the questions it had.

        `digest` tells answers apart: it returns the same bytes for the same answer only.
        """
        if self.path is None:
            return work()[1]
        known = self._before.get(step)
        if known is not None and self._hold(known[0], digest):
            self._take(step)
            kept: T = pickle.loads(known[1])
            return kept
        self.worked.append(step)
        self._taken = set()
        questions, made = work()
        asked = tuple([self._place((question, digest(question))) for question in questions])
        self._now[step] = asked, pickle.dumps(made), tuple(sorted(self._taken))
        return made

    def is_as_before(self, *ways: Question) -> None:
        """Take what was answered before to questions that begin with one of `ways` for what would be answered now."""
        if ways:
            lengths = {len(way) for way in ways}
            self._same.update(
                place
                for place, (question, _) in enumerate(self._answers)
                if any(question[:length] in ways for length in lengths)
            )

    def _hold(self, asked: tuple[int, ...], digest: Callable[[Question], bytes]) -> bool:
        """Return whether the questions have the answers that they had."""
        same, answers = self._same, self._answers
        return same.issuperset(asked) or all(
            digest(answers[place][0]) == answers[place][1] for place in asked if place not in same
        )

    def _place(self, answer: Answer) -> int:
        """Return where an answer is in the list of all."""
        if not self._places:
            self._places = {known: place for place, known in enumerate(self._answers)}
        place = self._places.setdefault(answer, len(self._answers))
        if place == len(self._answers):
            self._answers.append(answer)
        return place

    def of_values(self, name: str, values: Sequence[V], find: Callable[[Sequence[V]], Iterable[T]]) -> list[T]:
        """Return what `find` returns for each of `values`, which it is given where it is not known from before.

        It follows from the value alone, as its `repr` has it. It is kept as long as the step is that asked for it.
        """
        if self.path is None:
            return list(find(values))
        keys = [f"{name} {blake2b(repr(value).encode(), digest_size=16).hexdigest()}" for value in values]
        new = {key: value for key, value in zip(keys, values, strict=True) if not self._knows(key)}
        if new:
            others, self._taken = self._taken, set()
            found = list(find(list(new.values())))
            taken, self._taken = tuple(sorted(self._taken)), others
            for key, made in zip(new, found, strict=True):
                self._now[key] = (), pickle.dumps(made), taken
                self._followed[key] = made
        self._taken.update(keys)
        return [self._followed[key] for key in keys]  # type: ignore[misc]  # of a name, all are of one type

    def _knows(self, key: str) -> bool:
        if key not in self._followed and key in self._before:
            self._take(key)
            self._followed[key] = pickle.loads(self._before[key][1])
        return key in self._followed

    def _take(self, key: str) -> None:
        """Keep what is known of before, and what it took itself."""
        if key not in self._now:
            self._now[key] = self._before[key]
            for taken in self._before[key][2]:
                self._take(taken)

    def save(self) -> None:
        """Write what this run used and made, in place of what was there; on a full disk it is made again."""
        if self.path is None or self._now == self._before:
            return
        content = marshal.dumps(self._without_forgotten_answers())
        temporary = f"{self.path}.{os.getpid()}"
        try:
            os.makedirs(os.path.dirname(self.path), mode=0o700, exist_ok=True)
            with open(temporary, "wb") as file:
                file.write(_seal(self.path, content) + content)
            os.replace(temporary, self.path)
        except OSError:
            return

    def _without_forgotten_answers(self) -> tuple[list[Answer], dict[str, _Kept]]:
        used = sorted(set[int]().union(*(asked for asked, _, _ in self._now.values())))
        moved = {place: index for index, place in enumerate(used)}
        steps = {
            step: (tuple([moved[place] for place in asked]), made, taken)
            for step, (asked, made, taken) in self._now.items()
        }
        return [self._answers[place] for place in used], steps


NOTHING_KEPT = Memo()
"""Does every step."""


def _read(path: str) -> tuple[list[Answer], dict[str, _Kept]]:
    """Return the answers and the steps that the file holds; none where it is not whole, or is for another place."""
    try:
        with open(path, "rb") as file:
            seal, content = file.read(_SEAL), file.read()
    except OSError:
        return [], {}
    if seal != _seal(path, content):
        return [], {}
    known: tuple[list[Answer], dict[str, _Kept]] = marshal.loads(content)
    return known


def _seal(path: str, content: bytes) -> bytes:
    place = blake2b(path.encode("utf-8", "surrogateescape"), digest_size=_SEAL).digest()
    return blake2b(content, key=place, digest_size=_SEAL).digest()
