"""Pure steps over a build, done again only where something that they look at has changed."""

from __future__ import annotations

import os
from hashlib import blake2b

from nestforge.assemble.noted import digest, noted
from nestforge.assemble.user_cache import cache_folder, forget_old, keep_newest
from nestforge.sources.memo import NOTHING_KEPT, Memo

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from nestforge.model.build import Build
    from nestforge.sources.memo import Question

    T = TypeVar("T")

_KIND = "steps"
_MOST = 32
"""Projects whose steps are kept for one state of the tool; some hundred kilobytes each."""


class Remembered:
    """Does steps with a memo."""

    def __init__(self, memo: Memo) -> None:
        self.memo = memo
        self._build: Build | None = None
        self._of_project: dict[Question, bytes] = {}
        self._of_made: dict[Question, bytes] = {}

    def step(self, name: str, build: Build, work: Callable[[Build], T]) -> T:
        """Return what `work` makes of `build`, which is what it made before where that looks the same to it."""
        return self.step_with_notes(name, build, lambda notes: work(noted(build, notes)))

    def step_with_notes(self, name: str, build: Build, work: Callable[[set[Question]], T]) -> T:
        """Return what `work` makes; it adds what it looks at in `build` to the set that it gets."""
        notes: set[Question] = set()
        if self.memo.path is None:
            return work(notes)

        def worked() -> tuple[set[Question], T]:
            made = work(notes)
            return notes, made

        return self.memo.of(name, self._digest_in(build), worked)

    def save(self) -> None:
        """Keep what was made for the next time."""
        if self.memo.path is None:
            return
        self.memo.save()
        forget_old(_KIND)
        keep_newest(os.path.dirname(self.memo.path), _MOST)

    def _digest_in(self, build: Build) -> Callable[[Question], bytes]:
        if build is not self._build:  # steps add to what was made, and change nothing of the project
            self._build, self._of_made = build, {}
        of_project, of_made = self._of_project, self._of_made

        def known(question: Question) -> bytes:
            digests = of_project if question[0] == "project" else of_made
            if question not in digests:
                digests[question] = digest(build, question)
            return digests[question]

        return known


AFRESH = Remembered(NOTHING_KEPT)
"""For a build that takes nothing from earlier ones, and leaves nothing to later ones."""


def remembered_of(root: str) -> Remembered:
    """Return what is remembered of the project at `root` by this state of nestforge."""
    name = blake2b(os.path.abspath(root).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
    return Remembered(Memo(os.path.join(cache_folder(_KIND), name)))
