"""ClientTokens: the same for a call said again, another one for anything else."""

from __future__ import annotations

import pytest

from nestforge.publish.tokens import Tokens


def test_a_run_after_one_that_was_cut_off_says_the_same_token() -> None:
    first, second = (Tokens("attempt", "state").of("CreateService", {"Name": "甲", "Number": 1}) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "other",
    [
        Tokens("another attempt", "state").of("CreateService", {"a": 1}),
        Tokens("attempt", "another state").of("CreateService", {"a": 1}),
        Tokens("attempt", "state").of("UpdateService", {"a": 1}),
        Tokens("attempt", "state").of("CreateService", {"a": 2}),
    ],
    ids=["attempt", "state", "operation", "content"],
)
def test_anything_else_has_another_token(other: str) -> None:
    assert Tokens("attempt", "state").of("CreateService", {"a": 1}) != other


def test_a_token_is_one_that_the_api_takes() -> None:
    token = Tokens("attempt", "state").of("CreateService", {"Name": "甲" * 1000})
    assert token.isascii()
    assert len(token) <= 64
