"""What a map inside a resource may hold, and what stands for a part of it that must not be left out."""

from __future__ import annotations

from nestforge.evaluate.data import NO_VALUE
from nestforge.model.named_tuple import NamedTuple
from nestforge.rosspec.spec import bundled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.evaluate.data import Data
    from nestforge.rosspec.resource_type import Property, ResourceType

DEFAULTS: dict[str, Data] = {"string": "", "number": 0, "list": [], "boolean": False, "map": {}, "structure": {}}
"""What `ALIYUN::NoValue` comes to in a required property, by its kind.

Source: ROS user guide, pseudo parameters: an empty text, 0, an empty array; that of the other kinds is [assumed].
"""


class Shape(NamedTuple):
    """The properties of a resource type, or of a structure inside it."""

    type: ResourceType
    properties: Mapping[str, Property]

    def inside(self, name: str) -> Shape | None:
        """Return the shape of the maps in a property; None where nothing is known of them."""
        structure = self.structure_in(name)
        return Shape(self.type, self.type.structures[structure]) if structure is not None else None

    def structure_in(self, name: str) -> str | None:
        """Return the name of the structure that the maps in a property have."""
        found = self.properties.get(name)
        while found is not None and found.items is not None:
            found = found.items
        return found.structure if found is not None else None

    def without(self, name: str) -> Data:
        """Return what a property is that has no value: nothing, unless it is required."""
        found = self.properties.get(name)
        return DEFAULTS.get(found.kind, NO_VALUE) if found is not None and found.required else NO_VALUE


def shapes_of(resource_type: ResourceType) -> dict[str, dict[str, tuple[str | None, str | None]]]:
    """Return the same as data: by structure, empty for the type itself, its properties that matter.

    Of each the kind where it is required, and the structure inside it.
    """
    found: dict[str, dict[str, tuple[str | None, str | None]]] = {}
    for structure, properties in {"": resource_type.properties, **resource_type.structures}.items():
        shape = Shape(resource_type, properties)
        of = {
            name: (known.kind if known.required else None, shape.structure_in(name))
            for name, known in properties.items()
        }
        found[structure] = {name: facts for name, facts in of.items() if any(facts)}
    return found


def shape_of(resource_type: str) -> Shape | None:
    """Return the shape of a resource type; None for one that is not described."""
    found = bundled().type(resource_type)
    return Shape(found, found.properties) if found is not None and found.described else None
