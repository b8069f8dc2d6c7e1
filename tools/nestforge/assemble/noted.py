"""A view of a build that notes which of its parts are looked at."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from hashlib import blake2b
from types import MethodType
from typing import TYPE_CHECKING, Any, cast

from nestforge.model.build import Build
from nestforge.model.project import Project, Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.memo import Question

_OPEN = (Build, Project, Texts)
"""Values that are looked into: of anything else it is noted that it was looked at as a whole."""
_KEYS = "\0keys"
_ABSENT = b""


def noted(build: Build, notes: set[Question]) -> Build:
    """Return `build` for a pure step; each part that the step looks at is added to `notes`."""
    return cast("Build", _Object(build, (), notes))


def digest(build: Build, question: Question) -> bytes:
    """Return bytes that change with the part of `build` that a note names."""
    value: Any = build
    for name in question:
        if name == _KEYS:
            value = list(value)
        elif isinstance(value, dict):
            if name not in value:
                return _ABSENT
            value = value[name]
        else:
            value = getattr(value, cast("str", name))
    if isinstance(value, frozenset):
        value = sorted(value)  # its own order is another in every process
    return blake2b(pickle.dumps(value), digest_size=16).digest()


class _Object:
    __slots__ = ("_notes", "_real", "_way")

    def __init__(self, real: object, way: Question, notes: set[Question]) -> None:
        self._real = real
        self._way = way
        self._notes = notes

    def __getattr__(self, name: str) -> Any:  # whatever the real one has under this name
        value = getattr(self._real, name)
        if isinstance(value, MethodType):
            return MethodType(value.__func__, self)  # what it looks at is noted as well
        return _followed(value, (*self._way, name), self._notes)


class _Map(Mapping[Any, Any]):
    __slots__ = ("_notes", "_real", "_way")

    def __init__(self, real: dict[Any, Any], way: Question, notes: set[Question]) -> None:
        self._real = real
        self._way = way
        self._notes = notes

    def __getitem__(self, key: Any) -> Any:
        if key in self._real:
            return _followed(self._real[key], (*self._way, key), self._notes)
        self._notes.add((*self._way, key))
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        self._notes.add((*self._way, cast("str", key)))
        return key in self._real

    def __iter__(self) -> Iterator[Any]:
        self._notes.add((*self._way, _KEYS))
        return iter(self._real)

    def __len__(self) -> int:
        self._notes.add((*self._way, _KEYS))
        return len(self._real)


def _followed(value: object, way: Question, notes: set[Question]) -> Any:
    if isinstance(value, dict):
        return _Map(value, way, notes)
    if isinstance(value, _OPEN):
        return _Object(value, way, notes)
    notes.add(way)
    return value
