"""What the resource spec says about a place in a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.rosspec.spec import bundled
from nestforge.sources.nodes import entries, scalar

if TYPE_CHECKING:
    from nestforge.lsp.spot import Spot
    from nestforge.rosspec.resource_type import Property, ResourceType
    from nestforge.sources.template import Template

WITH_TYPES = ("Resources", "Locals")
_BRANCHES = (1, 2)
"""The entries of `Fn::If` that stand for what it chooses; the first one is the condition."""


@dataclass(frozen=True, slots=True)
class Place:
    """A value of a resource's properties: what it is of; None for the properties as a whole."""

    type: ResourceType
    of: Property | None

    @property
    def fields(self) -> dict[str, Property]:
        """The properties that may be given here; empty where the value is no structure."""
        if self.of is None:
            return self.type.properties
        return self.type.structures.get(self.of.structure or "", {}) if self.of.kind == "structure" else {}

    def below(self, step: str | int) -> Place | None:
        """Return the place that a key or an index leads to."""
        if isinstance(step, int):
            items = self.of.items if self.of is not None else None
            return Place(self.type, items) if items is not None else None
        inner = self.fields.get(step)
        return Place(self.type, inner) if inner is not None else None


def type_at(template: Template, spot: Spot) -> ResourceType | None:
    """Return the type of the resource or data source around a spot."""
    if len(spot.way) < 2 or spot.way[0] not in WITH_TYPES:
        return None
    declared = template.sections[str(spot.way[0])]
    kind = scalar(entries(entries(declared).get(str(spot.way[1]))).get("Type")) or ""
    return bundled().type(kind) if "::" in kind else None


def place_of(template: Template, spot: Spot, *, above_key: bool = False) -> Place | None:
    """Return what stands at a spot, through `Fn::If`; None in the arguments of other functions.

    `above_key` asks for what the key at the spot is an entry of.
    """
    found = type_at(template, spot)
    way = spot.way[:-1] if above_key else spot.way
    if found is None or not found.described or len(way) < 3 or way[2] != "Properties":
        return None
    place: Place | None = Place(found, None)
    depth = 3
    while depth < len(way) and place is not None:
        step, tag = way[depth], spot.nodes[depth].tag
        if tag.startswith("!"):
            if tag != "!If" or step not in _BRANCHES:
                return None
        elif step == "Fn::If" and spot.nodes[depth + 1].tag != "!If":
            depth += 1
            if depth < len(way) and way[depth] not in _BRANCHES:
                return None
        elif step == "Ref" or str(step).startswith("Fn::"):
            return None
        else:
            place = place.below(step)
        depth += 1
    return place
