"""The components of the form around a place: AssociationProperty, and what AssociationPropertyMetadata tells one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.rosspec.association_properties import association_property, common_keys
from nestforge.sources.nodes import entries, scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml.nodes import Node

    from nestforge.lsp.spot import Spot

COMPONENT = "AssociationProperty"
_METADATA = "AssociationPropertyMetadata"
_INNER_FORM = "Parameters"


def is_component(way: tuple[str | int, ...]) -> bool:
    """Return whether a way leads to the component of a parameter, or of a field of the form inside one."""
    return _field_length(way) == len(way) - 1 and way[-1] == COMPONENT


def metadata_keys(spot: Spot, way: tuple[str | int, ...]) -> Mapping[str, frozenset[str]] | None:
    """Return the keys that the mapping at the end of `way` may have, each with those inside it.

    `spot` has that mapping on its way. None where the mapping is not what a component is told.
    """
    length = _field_length(way)
    if length is None or way[length : length + 1] != (_METADATA,):
        return None
    component = scalar(entries(_node_at(spot, length)).get(COMPONENT))
    found = association_property(component) if component else None
    keys = {**common_keys(), **(found.keys if found is not None else {})}
    inner = tuple(step for step in way[length + 1 :] if isinstance(step, str))
    if not inner:
        return keys
    return dict.fromkeys(keys.get(inner[0], frozenset()), frozenset()) if len(inner) == 1 else None


def _field_length(way: tuple[str | int, ...]) -> int | None:
    """Return how many steps of a way lead to the innermost field of the form; None where there is no field."""
    if len(way) < 2 or way[0] != _INNER_FORM:
        return None
    length = 2
    while way[length : length + 2] == (_METADATA, _INNER_FORM) and len(way) > length + 2:
        length += 3
    return length


def _node_at(spot: Spot, depth: int) -> Node | None:
    return spot.nodes[depth] if depth < len(spot.nodes) else None
