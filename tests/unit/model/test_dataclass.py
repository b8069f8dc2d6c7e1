"""The dataclasses of the model behave as those of `dataclasses`."""

from __future__ import annotations

import dataclasses
import pickle

import msgspec
import pytest

from nestforge.model.dataclass import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Ours:
    """A place."""

    line: int
    column: int = 1
    names: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        return f"{self.line}:{self.column}"


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """A place."""

    line: int
    column: int = 1
    names: list[str] = dataclasses.field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Named:
    """A name."""

    name: str


@dataclass()
class Count:
    """What is counted."""

    number: int = 0


@pytest.mark.parametrize("name", ["__doc__", "__module__", "__slots__", "__bases__", "__match_args__"])
def test_a_class_has_what_a_dataclass_has(name: str) -> None:
    assert getattr(Ours, name) == getattr(Theirs, name)


def test_a_value_has_what_it_is_given_and_defaults() -> None:
    value, theirs = Ours(3, names=["a"]), Theirs(3, names=["a"])
    assert repr(value) == repr(theirs).replace("Theirs", "Ours")
    assert (value.shown, replace(value, column=2).shown) == ("3:1", "3:2")
    assert Ours(1).names == []
    assert Ours(1).names is not Ours(1).names


def test_values_are_equal_by_what_they_hold() -> None:
    assert Ours(1, 2) == Ours(1, column=2) != Ours(1, 3)
    assert Named("a").__eq__("a") is NotImplemented
    assert {Named("a"), Named("a"), Named("b")} == {Named("b"), Named("a")}
    assert hash(Named("a")) == hash(Named("a"))
    with pytest.raises(TypeError):
        hash(Count())


def test_a_frozen_value_stays_as_it_is_and_another_does_not() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Ours(1).line = 2  # type: ignore[misc]  # what is wrong with it
    with pytest.raises(dataclasses.FrozenInstanceError):
        del Ours(1).line
    count = Count()
    count.number += 1
    assert count == Count(1)


def test_a_value_is_pickled() -> None:
    value = Ours(3, names=["a"])
    assert pickle.loads(pickle.dumps(value)) == value


def test_fields_are_those_that_are_declared() -> None:
    with pytest.raises(TypeError, match="given no 'line'"):
        Ours()  # type: ignore[call-arg]  # what is wrong with it
    with pytest.raises(TypeError, match="given 'other'"):
        Ours(1, other=2)  # type: ignore[call-arg]  # what is wrong with it
    with pytest.raises(TypeError, match="3 fields, 4 values"):
        Ours(1, 2, [], 4)  # type: ignore[call-arg]  # what is wrong with it


def test_dataclasses_and_msgspec_know_them() -> None:
    value = Ours(3, names=["a"])
    assert dataclasses.asdict(value) == dataclasses.asdict(Theirs(3, names=["a"]))
    assert dataclasses.replace(value, line=4) == Ours(4, names=["a"])
    assert [f.name for f in dataclasses.fields(Ours)] == ["line", "column", "names"]
    assert dataclasses.is_dataclass(Ours)
    assert msgspec.convert({"line": 3, "names": ["a"]}, Ours) == value
    assert msgspec.convert({"line": 3}, Ours) == Ours(3)
