"""Which deployments are rehearsed."""

from __future__ import annotations

from itertools import combinations as two_of
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestforge.model.rehearsal import Choice, Factor, Scalar
from nestforge.rehearse.combinations import (
    NoChoice,
    TooMany,
    choices_of,
    every,
    first,
    narrowed,
    pairs,
    pairwise,
)

ENGINE = Factor("engine", parameter="Engine")
ACCESS = Factor("access", choices=(Choice("public", {"Public": True}), Choice("private", {"Public": False})))
ALLOWED: dict[str, list[Scalar]] = {"Engine": ["vllm", "sglang"], "Size": [8, 16]}


def of_sizes(sizes: list[int]) -> dict[str, tuple[Choice, ...]]:
    return {
        f"f{number}": tuple(Choice(f"c{choice}", {f"p{number}": choice}) for choice in range(size))
        for number, size in enumerate(sizes)
    }


def test_a_factor_has_its_choices_or_those_that_the_template_allows() -> None:
    found = choices_of([ENGINE, ACCESS], ALLOWED)
    assert found["engine"] == (Choice("vllm", {"Engine": "vllm"}), Choice("sglang", {"Engine": "sglang"}))
    assert found["access"] == ACCESS.choices


def test_a_parameter_without_allowed_values_is_no_factor() -> None:
    with pytest.raises(NoChoice) as told:
        choices_of([Factor("engine", parameter="Engin")], ALLOWED)
    assert "parameter 'Engin'" in told.value.message
    assert told.value.help == "did you mean 'Engine'?"


def test_the_first_combination_has_the_first_choice_of_each_factor_and_all_their_parameters() -> None:
    (found,) = first(choices_of([ENGINE, ACCESS], ALLOWED))
    assert found.choices == {"engine": "vllm", "access": "public"}
    assert found.parameters == {"Engine": "vllm", "Public": True}
    assert found.name == "vllm, public"


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5))
def test_all_choices_meet_in_pairs_and_every_combination_is_one_of_all(sizes: list[int]) -> None:
    choices = of_sizes(sizes)
    chosen = pairwise(choices)
    met = set().union(*map(pairs, chosen))
    wanted = {
        ((one, a.name), (other, b.name))
        for (one, some), (other, more) in two_of(sorted(choices.items()), 2)
        for a, b in product(some, more)
    }
    assert met == wanted
    names = [combination.name for combination in every(choices)]
    assert len(names) == len(set(names))
    assert {combination.name for combination in chosen} <= set(names)


def test_pairs_are_fewer_than_all() -> None:
    choices = of_sizes([3, 2, 2, 2])
    assert len(every(choices)) == 24
    assert len(pairwise(choices)) <= 8


def test_a_factor_is_held_at_a_choice() -> None:
    choices = choices_of([ENGINE, ACCESS], ALLOWED)
    assert [each.name for each in every(narrowed(choices, {"engine": "sglang"}))] == [
        "sglang, public",
        "sglang, private",
    ]


@pytest.mark.parametrize(
    ("only", "said", "help"),
    [
        ({"engin": "vllm"}, "there is no factor 'engin'", "did you mean 'engine'?"),
        ({"engine": "sglan"}, "there is no choice 'sglan' of engine", "did you mean 'sglang'?"),
        ({"engine": "tgi"}, "there is no choice 'tgi' of engine", "known: vllm, sglang"),
    ],
)
def test_what_is_no_choice_is_said_with_what_is_near(only: dict[str, str], said: str, help: str) -> None:
    with pytest.raises(NoChoice) as told:
        narrowed(choices_of([ENGINE, ACCESS], ALLOWED), only)
    assert (told.value.message, told.value.help) == (said, help)


def test_too_many_combinations_are_refused_before_any_is_made() -> None:
    with pytest.raises(TooMany) as told:
        every(of_sizes([60, 60, 60]))
    assert "216,000 combinations" in told.value.message
