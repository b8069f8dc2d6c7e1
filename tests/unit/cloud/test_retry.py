from __future__ import annotations

import pytest

from nestforge.cloud.errors import CloudBusy, CloudRefused
from nestforge.cloud.retry import LONGEST_PAUSE, PAUSES, Failed, Retry

REFUSED = CloudRefused("GetService", "Forbidden", "no", "id")
BUSY = CloudBusy("GetService", "Throttling", "slowly", "id")


class Attempts:
    """Fails as it is told, then answers; keeps what was waited and said."""

    def __init__(self, *failures: Failed) -> None:
        self.failures = list(failures)
        self.waited: list[float] = []
        self.told: list[str] = []

    def __call__(self) -> str:
        if self.failures:
            raise self.failures.pop(0)
        return "answer"

    def made(self) -> str:
        return Retry(self.waited.append, self.told.append)(self)


def passing(after: float = 0.0) -> Failed:
    return Failed(BUSY, passing=True, after=after)


def test_an_answer_at_once_is_waited_for_by_nobody() -> None:
    attempts = Attempts()
    assert attempts.made() == "answer"
    assert not attempts.waited
    assert not attempts.told


@pytest.mark.parametrize("failures", range(1, len(PAUSES) + 1))
def test_what_passes_is_tried_again_after_longer_and_longer_pauses(failures: int) -> None:
    attempts = Attempts(*[passing()] * failures)
    assert attempts.made() == "answer"
    assert attempts.waited == list(PAUSES[:failures])
    assert sorted(PAUSES) == list(PAUSES)


def test_each_pause_is_told_with_its_cause_and_length() -> None:
    attempts = Attempts(passing(), passing(after=4))
    attempts.made()
    assert attempts.told == [f"{BUSY.message}; trying again in 0.2 s", f"{BUSY.message}; trying again in 4 s"]


def test_it_ends_with_the_last_error_and_not_with_a_pause() -> None:
    last = CloudBusy("GetService", "Throttling", "still", "id")
    attempts = Attempts(*[passing()] * len(PAUSES), Failed(last, passing=True))
    with pytest.raises(CloudBusy) as ended:
        attempts.made()
    assert ended.value is last
    assert attempts.waited == list(PAUSES)


def test_what_does_not_pass_is_not_tried_again() -> None:
    attempts = Attempts(passing(), Failed(REFUSED, passing=False))
    with pytest.raises(CloudRefused) as ended:
        attempts.made()
    assert ended.value is REFUSED
    assert attempts.waited == [PAUSES[0]]


@pytest.mark.parametrize(("asked", "waited"), [(0.1, PAUSES[0]), (7.5, 7.5), (3600, LONGEST_PAUSE)])
def test_the_cloud_s_wish_is_a_lower_bound_within_reason(asked: float, waited: float) -> None:
    attempts = Attempts(passing(after=asked))
    attempts.made()
    assert attempts.waited == [waited]
