"""The named tuples of the model behave as those of `typing`."""

from __future__ import annotations

import pickle
import typing

import pytest

from nestforge.model.named_tuple import NamedTuple


class Ours(NamedTuple):
    """A place."""

    line: int
    column: int = 1
    names: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        return f"{self.line}:{self.column}"


class Theirs(typing.NamedTuple):
    """A place."""

    line: int
    column: int = 1
    names: tuple[str, ...] = ()


@pytest.mark.parametrize("name", ["_fields", "_field_defaults", "__doc__", "__module__", "__slots__", "__bases__"])
def test_a_class_has_what_one_of_typing_has(name: str) -> None:
    assert getattr(Ours, name) == getattr(Theirs, name)


def test_a_value_is_a_tuple_with_names() -> None:
    value = Ours(3, names=("a",))
    assert tuple(value) == tuple(Theirs(3, names=("a",))) == (3, 1, ("a",))
    assert (value.shown, value._replace(column=2).shown) == ("3:1", "3:2")
    assert pickle.loads(pickle.dumps(value)) == value
    assert repr(value) == "Ours(line=3, column=1, names=('a',))"
    with pytest.raises(TypeError):
        Ours()  # type: ignore[call-arg]  # what is wrong with it
    with pytest.raises(AttributeError):
        value.line = 4  # type: ignore[misc]  # nor can it be changed
