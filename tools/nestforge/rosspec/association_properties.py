"""The components that the form has for parameters, and what they take: from a bundled table.

The table has a line for each AssociationProperty: its name, a mark, the keys of its metadata, each with the keys
inside it where they are known: `CharacterClasses[Class,Min]`. It is made by
`tools/checks/association_properties.py` and searched as it is, for a template asks for a few of 300 names.
"""

from __future__ import annotations

import os
from functools import cache

from nestforge.model.named_tuple import NamedTuple

BUNDLED = os.path.join(os.path.dirname(__file__), "data", "association_properties.tsv")
_COMMON = "*"


class AssociationProperty(NamedTuple):
    """What one takes. `closed`: no other keys; `other`: it is not for ROS; `successor`: empty where none is known."""

    keys: dict[str, frozenset[str]]
    closed: bool
    deprecated: bool
    other: bool
    successor: str


@cache
def _table() -> str:
    with open(BUNDLED, encoding="utf-8") as file:
        return file.read()


@cache
def association_property(name: str) -> AssociationProperty | None:
    """Return what is known of an AssociationProperty, or None where the form does not know it."""
    table = _table()
    at = table.find(f"\n{name}\t")
    if at < 0 or "\n" in name or "\t" in name:
        return None
    line = table[at + 1 : table.index("\n", at + 1)]
    _, marks, keys = line.split("\t")
    mark, _, successor = marks.partition(" ")
    return AssociationProperty(_keys(keys), mark == "closed", mark == "deprecated", mark == "other", successor)


def _keys(written: str) -> dict[str, frozenset[str]]:
    found = (key.rstrip("]").partition("[") for key in written.split())
    return {name: frozenset(inner.split(",")) if inner else frozenset() for name, _, inner in found}


@cache
def common_keys() -> dict[str, frozenset[str]]:
    """Return the keys of AssociationPropertyMetadata that every parameter may have, each with those inside it."""
    found = association_property(_COMMON)
    return found.keys if found else {}


@cache
def names() -> tuple[str, ...]:
    """Return every AssociationProperty that the form of ROS has, without the deprecated ones."""
    lines = [line.split("\t") for line in _table().split("\n") if "\t" in line]
    return tuple(name for name, mark, _ in lines if name != _COMMON and mark in ("", "closed"))
