"""Which deployments are rehearsed: one, enough for every pair of choices, or all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING

from allpairspy import AllPairs

from nestforge.model.errors import NestforgeError
from nestforge.model.near_miss import did_you_mean
from nestforge.model.rehearsal import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nestforge.model.rehearsal import Factor, Scalar

MOST = 10_000
"""Combinations of one rehearsal; more would take weeks."""


@dataclass(frozen=True, slots=True)
class Combination:
    """The choice of each factor, by the factor's name, and the parameters that they make."""

    choices: Mapping[str, str]
    parameters: Mapping[str, Scalar]

    @property
    def name(self) -> str:
        """What it is called in the report."""
        return ", ".join(self.choices.values())


class NoChoice(NestforgeError):
    """What was asked for is none of the choices of the rehearsal."""

    exit_code = 2

    def __init__(self, what: str, known: Iterable[str]) -> None:
        names = tuple(known)
        super().__init__(
            f"there is no {what}", help=did_you_mean(what.split("'")[1], names) or f"known: {_list(names)}"
        )


class TooMany(NestforgeError):
    """All combinations are more than can be rehearsed."""

    exit_code = 2

    def __init__(self, count: int) -> None:
        super().__init__(
            f"the factors make {count:,} combinations, at most {MOST:,} are rehearsed",
            help="take factors or choices out of service/rehearsal.yaml, or rehearse every pair of them",
        )


def choices_of(factors: Iterable[Factor], allowed: Mapping[str, Sequence[Scalar]]) -> dict[str, tuple[Choice, ...]]:
    """Return the choices of each factor by its name; `allowed` are the values of the template's parameters.

    Raises NoChoice for a parameter without allowed values.
    """
    found = {}
    for factor in factors:
        if factor.parameter and not allowed.get(factor.parameter):
            raise NoChoice(f"parameter '{factor.parameter}' with allowed values in the template", sorted(allowed))
        made = tuple(Choice(str(value), {factor.parameter: value}) for value in allowed.get(factor.parameter, ()))
        found[factor.name] = factor.choices or made
    return found


def narrowed(choices: Mapping[str, tuple[Choice, ...]], only: Mapping[str, str]) -> dict[str, tuple[Choice, ...]]:
    """Return the choices with each factor in `only` held at one. Raises NoChoice."""
    for name, wanted in only.items():
        if name not in choices:
            raise NoChoice(f"factor '{name}'", choices)
        if wanted not in {choice.name for choice in choices[name]}:
            raise NoChoice(f"choice '{wanted}' of {name}", (choice.name for choice in choices[name]))
    return {
        name: tuple(choice for choice in each if only.get(name, choice.name) == choice.name)
        for name, each in choices.items()
    }


def first(choices: Mapping[str, tuple[Choice, ...]]) -> list[Combination]:
    """Return the combination of the first choice of each factor."""
    return [_combination(choices, [each[0] for each in choices.values()])]


def pairwise(choices: Mapping[str, tuple[Choice, ...]]) -> list[Combination]:
    """Return few combinations in which each choice meets each choice of every other factor."""
    varied = {name: each for name, each in choices.items() if len(each) > 1}
    if len(varied) < 2:
        return every(choices)
    found = []
    for chosen in AllPairs(list(varied.values())):
        by_name = dict(zip(varied, chosen, strict=True))
        found.append(_combination(choices, [by_name.get(name, each[0]) for name, each in choices.items()]))
    return found


def every(choices: Mapping[str, tuple[Choice, ...]]) -> list[Combination]:
    """Return all combinations. Raises TooMany."""
    count = prod(map(len, choices.values()))
    if count > MOST:
        raise TooMany(count)
    return [_combination(choices, chosen) for chosen in product(*choices.values())]


def pairs(chosen: Combination) -> set[tuple[tuple[str, str], ...]]:
    """Return each two choices that meet in a combination."""
    return set(combinations(sorted(chosen.choices.items()), 2))


def _combination(choices: Mapping[str, tuple[Choice, ...]], chosen: Iterable[Choice]) -> Combination:
    by_factor = dict(zip(choices, chosen, strict=True))
    parameters = {key: value for choice in by_factor.values() for key, value in choice.parameters.items()}
    return Combination({name: choice.name for name, choice in by_factor.items()}, parameters)


def _list(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"
