"""The types of attributes, where they are known."""

from __future__ import annotations

from nestforge.evaluate.data import ANY, LIST
from nestforge.rosspec.spec import bundled


def attribute_type(resource_type: str | None, attribute: str) -> str:
    """Return the type of what `Fn::GetAtt` gets: the spec knows of some attributes that they are lists."""
    found = bundled().type(resource_type or "")
    return LIST if found is not None and attribute in found.lists else ANY
