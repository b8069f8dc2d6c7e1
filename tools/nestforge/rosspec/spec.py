"""The questions that rules ask about resource types."""

from __future__ import annotations

import os
from functools import cache

from nestforge.rosspec.blob import Blob
from nestforge.rosspec.record import decode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

    from nestforge.rosspec.resource_type import Property, ResourceType

BUNDLED = os.path.join(os.path.dirname(__file__), "data", "resource_types.blob")
PROVENANCE = "provenance"
"""The name of the record that says where the others are from; no type has it."""


class RosSpec:
    """The resource types of a file; a type is decoded when it is first asked for, and once."""

    def __init__(self, path: str | PathLike[str]) -> None:
        self._blob = Blob(path)
        self._decoded: dict[str, ResourceType | None] = {}
        self._required: dict[tuple[str, str], tuple[str, ...]] = {}

    @property
    def types(self) -> frozenset[str]:
        """The names of all types."""
        return self._blob.names - {PROVENANCE}

    @property
    def decoded(self) -> frozenset[str]:
        """The types that were decoded so far."""
        return frozenset(name for name, found in self._decoded.items() if found is not None)

    def type(self, name: str) -> ResourceType | None:
        """Return a type, or None where there is none of this name."""
        if name not in self._decoded:
            record = self._blob.read(name) if name != PROVENANCE else None
            self._decoded[name] = decode(name, record) if record is not None else None
        return self._decoded[name]

    def properties_of(self, name: str) -> dict[str, Property]:
        """Return the properties of a type; empty for one that is not described."""
        found = self.type(name)
        return found.properties if found else {}

    def required_of(self, name: str, structure: str = "") -> tuple[str, ...]:
        """Return the properties that a type requires, or a structure inside it."""
        known = self._required.get((name, structure))
        if known is None:
            found = self.type(name)
            properties = (found.structures[structure] if structure else found.properties) if found else {}
            known = tuple(name for name, of in properties.items() if of.required)
            self._required[name, structure] = known
        return known

    def attributes_of(self, name: str) -> frozenset[str]:
        """Return the attributes that `Fn::GetAtt` finds on a type."""
        found = self.type(name)
        return found.attributes if found else frozenset()


@cache
def bundled() -> RosSpec:
    """Return the spec that is bundled with the tool."""
    return RosSpec(BUNDLED)
