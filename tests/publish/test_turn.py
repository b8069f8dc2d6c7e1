"""One publish at a time, and the name of an attempt that lives until its end was heard."""

from __future__ import annotations

from contextlib import nullcontext
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from tests.publish.desk import UPLOADED

from nestforge.cloud.errors import CloudBusy, CloudRefused, CloudUnreachable
from nestforge.publish.turn import NoTurn, turn

if TYPE_CHECKING:
    from pathlib import Path

    from tests.publish.desk import Desk


def said_nothing(line: str) -> None:
    pytest.fail(f"nobody else is at work, yet it says {line!r}")


def attempts(folder: Path, end: BaseException | None) -> list[str]:
    """Return the name of an attempt that ended with `end`, and of the one after it."""
    names: list[str] = []

    def attempt(end: BaseException | None) -> None:
        with turn(folder, said_nothing) as name:
            names.append(name)
            if end is not None:
                raise end

    with nullcontext() if end is None else pytest.raises(type(end)):
        attempt(end)
    attempt(None)
    return names


@pytest.mark.parametrize(
    "end",
    [
        KeyboardInterrupt(),
        CloudUnreachable("LaunchService", "host", "it is gone"),
        CloudBusy("LaunchService", "InternalError", "unknown", "id"),
    ],
)
def test_an_attempt_whose_end_was_not_heard_is_gone_on_with(tmp_path: Path, end: BaseException) -> None:
    first, second = attempts(tmp_path, end)
    assert first == second


@pytest.mark.parametrize("end", [None, CloudRefused("LaunchService", "Forbidden", "no", "id")])
def test_after_an_end_that_was_heard_comes_a_new_attempt(tmp_path: Path, end: BaseException | None) -> None:
    first, second = attempts(tmp_path, end)
    assert first != second


def test_a_second_publish_says_that_it_waits_and_then_has_its_turn(tmp_path: Path) -> None:
    said: list[str] = []
    waits = Event()

    def say(line: str) -> None:
        said.append(line)
        waits.set()

    def second() -> None:
        with turn(tmp_path, say):
            said.append("has its turn")

    other = Thread(target=second)
    with turn(tmp_path, said_nothing):
        other.start()
        waits.wait()
        assert said == ["another publish of this project is at work: waiting for it"]
    other.join()
    assert said[1:] == ["has its turn"]


def test_two_publishes_at_once_make_one_service(desk: Desk) -> None:
    """The second one begins while the first is half-way, and finds nothing left to do."""
    desk.write()
    waits = Event()
    result: list[object] = []

    def second_says(line: str) -> None:
        waits.set()

    def second() -> None:
        with turn(desk.folder / ".nestforge", second_says):
            result.append(desk.status().differs)

    other = Thread(target=second)

    def say(line: str) -> None:
        if "a draft with every field" in line:
            other.start()
            waits.wait()

    assert desk.publish(say=say).status == "Online"
    other.join()
    assert result == [False]
    assert desk.sandbox.uploads == UPLOADED


def test_a_lock_file_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "publish.lock").mkdir()
    with pytest.raises(NoTurn, match=r"publish\.lock") as told, turn(tmp_path, said_nothing):
        pytest.fail("there is no turn to have")
    assert told.value.exit_code == 1
