"""What follows from values is found once, as long as somebody asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nestforge.sources.kept import keeping, kept, kept_each
from nestforge.sources.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

found: list[str] = []


@kept
def length(text: str) -> int:
    """Return how long a text is."""
    found.append(text)
    return len(text)


@kept_each
def lengths(texts: Sequence[str]) -> list[int]:
    """Return how long each text is."""
    found.extend(texts)
    return [len(text) for text in texts]


@pytest.fixture(autouse=True)
def nothing_found() -> None:
    found.clear()


def run(path: Path, answer: bytes, *texts: str) -> tuple[int, ...]:
    """Run a step that looks at an `answer`, in which the lengths of `texts` are asked for."""
    memo = Memo(str(path))
    made = keeping(
        memo, lambda: memo.of("step", lambda _: answer, lambda: ([("question",)], tuple(map(length, texts))))
    )
    memo.save()
    return made


def test_without_a_memo_the_function_is_called() -> None:
    assert (length("abc"), length("abc"), lengths(["a"])) == (3, 3, [1])
    assert found == ["abc", "abc", "a"]


def test_a_value_is_looked_at_once(tmp_path: Path) -> None:
    assert run(tmp_path / "memo", b"1", "a", "bb", "a") == (1, 2, 1)
    assert run(tmp_path / "memo", b"2", "bb", "ccc") == (2, 3)
    assert found == ["a", "bb", "ccc"]


def test_what_a_step_asked_for_is_kept_while_the_step_is(tmp_path: Path) -> None:
    run(tmp_path / "memo", b"1", "a")
    run(tmp_path / "memo", b"1", "a")  # the step is known: it asks for nothing
    run(tmp_path / "memo", b"2", "a")
    assert found == ["a"]


def test_what_no_step_asks_for_is_forgotten(tmp_path: Path) -> None:
    for answer, text in ((b"1", "a"), (b"2", "b"), (b"3", "a")):
        run(tmp_path / "memo", answer, text)
    assert found == ["a", "b", "a"]


def test_only_new_values_are_given_to_a_function_of_several(tmp_path: Path) -> None:
    memo = Memo(str(tmp_path / "memo"))
    assert keeping(memo, lambda: [lengths(["a", "bb"]), lengths(["bb", "ccc", "ccc"])]) == [[1, 2], [2, 3, 3]]
    assert found == ["a", "bb", "ccc"]


def test_functions_are_told_apart(tmp_path: Path) -> None:
    memo = Memo(str(tmp_path / "memo"))
    assert keeping(memo, lambda: (length("a"), lengths(["a"]))) == (1, [1])
    assert found == ["a", "a"]
