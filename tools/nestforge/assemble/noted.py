"""A view of a build that notes which of its parts are looked at."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from hashlib import blake2b
from types import MethodType

from nestforge.model.build import Build
from nestforge.model.catalog import Catalog
from nestforge.model.project import Project, Texts
from nestforge.model.service import Service

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from nestforge.sources.memo import Question

_OPEN = (Build, Project, Texts)
"""Values that are looked into: of anything else it is noted that it was looked at as a whole."""
_FACTS = (Service.__module__, Catalog.__module__)
"""Where the classes are whose values are looked into as well, also where they stand in a tuple."""
_KEYS = "\0keys"
_ABSENT = object()


def noted(build: Build, notes: set[Question]) -> Build:
    """Return `build` for a pure step; each part that the step looks at is added to `notes`."""
    seen: Any = _Object(build, (), notes)
    return seen  # type: ignore[no-any-return]  # it has what a Build has


def digest(build: Build, question: Question) -> bytes:
    """Return bytes that change with the part of `build` that a note names."""
    value: Any = build
    for name in question:
        if name == _KEYS:
            value = _keys(value)
        elif isinstance(value, dict):
            value = value.get(name, _ABSENT)
        elif isinstance(value, tuple):
            value = value[name] if isinstance(name, int) and name < len(value) else _ABSENT
        else:
            value = getattr(value, str(name), _ABSENT)
        if value is _ABSENT:
            return b""
    if isinstance(value, frozenset):
        value = sorted(value)  # its own order is another in every process
    return blake2b(pickle.dumps(value), digest_size=16).digest()


def _keys(value: Any) -> object:
    """Return what can be looked at of a value without looking into it."""
    if isinstance(value, dict):
        return list(value)
    return len(value) if isinstance(value, tuple) else type(value).__name__


class _View:
    """Looks at a value on its way into the build."""

    __slots__ = ("_notes", "_real", "_way")

    def __init__(self, real: Any, way: Question, notes: set[Question]) -> None:
        self._real = real
        self._way = way
        self._notes = notes


class _Object(_View):
    """Looks into a value of the build itself."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:  # whatever the real one has under this name
        value = getattr(self._real, name)
        if isinstance(value, MethodType):
            return MethodType(value.__func__, self)  # what it looks at is noted as well
        return _followed(value, (*self._way, name), self._notes)


class _Facts(_View):
    """What service.yaml or a catalog says; compared, it is looked at as a whole."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:  # whatever the real one has under this name
        value, way = getattr(self._real, name), (*self._way, name)
        if isinstance(value, tuple) and any(map(_is_facts, value)):
            self._notes.add((*way, _KEYS))
            return tuple(_Facts(each, (*way, index), self._notes) for index, each in enumerate(value))
        if _is_facts(value):
            self._notes.add((*way, _KEYS))  # there can be nothing in its place
            return _Facts(value, way, self._notes)
        if isinstance(value, MethodType):
            return MethodType(value.__func__, self)
        self._notes.add(way)
        return value

    @property  # type: ignore[misc]  # nobody is to set it
    def __class__(self) -> type:
        """That of the real one, for who asks what an author could have meant."""
        return type(self._real)

    def _whole(self) -> object:
        self._notes.add(self._way)
        return self._real

    def __eq__(self, other: object) -> bool:
        return self._whole() == (other._whole() if isinstance(other, _Facts) else other)

    def __hash__(self) -> int:
        return hash(self._whole())

    def __repr__(self) -> str:
        return repr(self._whole())


def _is_facts(value: object) -> bool:
    return type(value).__module__ in _FACTS


class _Map(_View, Mapping["Any", "Any"]):
    """Looks up values by their keys."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        if key in self._real:
            return _followed(self._real[key], (*self._way, key), self._notes)
        self._notes.add((*self._way, key))
        raise KeyError(key)

    def __contains__(self, key: Any) -> bool:
        self._notes.add((*self._way, key))
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
    if _is_facts(value):
        return _Facts(value, way, notes)
    if isinstance(value, _OPEN):
        return _Object(value, way, notes)
    notes.add(way)
    return value
