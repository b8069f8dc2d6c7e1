"""Apply the table of differences to a command of an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nestforge.rehearse.engine.differences import ADD, GONE, PER_HOST, REMOVE, rows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from nestforge.rehearse.engine.command_line import Given
    from nestforge.rehearse.engine.differences import Difference


class Use(NamedTuple):
    """A row of the table that was applied: what stood there, and what stands there now."""

    program: str
    what: str
    before: str
    after: str
    reason: str


class Mapped(NamedTuple):
    """A command as it runs here, and each use of the table that made it so."""

    arguments: tuple[str, ...]
    environment: dict[str, str]
    uses: tuple[Use, ...]


def mapped(
    program: str, given: Sequence[Given], environment: Mapping[str, str], gpus: int, known: Collection[str] | None
) -> Mapped:
    """Return the command that runs here, on a host of `gpus`; `known` are the flags of what runs here, if it tells."""
    names = {row.what: row for row in rows(program, REMOVE, PER_HOST)}
    arguments: list[str] = []
    uses: list[Use] = []
    for one in given:
        row = names.get(one.name) or _gone(program, one, known)
        after = _after(row, one, gpus) if row else one.words
        arguments += after
        if row and after != one.words:
            before = " ".join(one.words) if after else one.name  # the value may be a secret
            uses.append(Use(program, one.name, before, " ".join(after), row.reason))
    there = {one.name for one in given}
    for row in rows(program, ADD):
        if row.what.startswith("-") and row.what not in there:
            words = [row.what, row.value] if row.value else [row.what]
            arguments += words
            uses.append(Use(program, row.what, "", " ".join(words), row.reason))
    variables = dict(environment)
    uses += _variables(program, variables)
    return Mapped(tuple(arguments), variables, tuple(uses))


def per_host(size: int, gpus: int) -> int:
    """Return how many processes compute for so many GPUs: one a host."""
    return max(1, size // gpus)


def _after(row: Difference, one: Given, gpus: int) -> tuple[str, ...]:
    if row.action == REMOVE:
        return ()
    return (one.name, str(per_host(int(one.value), gpus)))


def _gone(program: str, one: Given, known: Collection[str] | None) -> Difference | None:
    if not one.name or known is None or {one.name, one.words[0].partition("=")[0]} & set(known):
        return None
    return next((row for row in rows(program, REMOVE) if row.what == GONE), None)


def _variables(program: str, variables: dict[str, str]) -> list[Use]:
    uses = []
    for row in rows(program, ADD, REMOVE):
        if not row.what.startswith("$"):
            continue
        name = row.what[1:]
        if row.action == REMOVE and name in variables:
            uses.append(Use(program, row.what, variables.pop(name), "", row.reason))
        elif row.action == ADD and name not in variables:
            variables[name] = row.value
            uses.append(Use(program, row.what, "", row.value, row.reason))
    return uses
