"""One resource type of ROS: its properties, the structures inside them, its attributes."""

from __future__ import annotations

from nestforge.model.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Kind = Literal["string", "number", "boolean", "any", "map", "list", "structure"]
    Status = Literal["current", "hidden", "retired", "alias", "doubtful"]


class Property(NamedTuple):
    """What a property takes.

    `status` is other than `current` for what no current page lists: `hidden` and `retired` properties are used by
    templates that deploy, an `alias` is another spelling of `alias_of`, a `doubtful` one was seen once only.
    """

    kind: Kind
    required: bool = False
    allowed: tuple[str | float | bool, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    shortest: int | None = None
    longest: int | None = None
    pattern: str | None = None
    items: Property | None = None
    structure: str | None = None
    status: Status = "current"
    alias_of: str | None = None


class ResourceType(NamedTuple):
    """A type; `described` is False where nothing but its attributes is known.

    `lists` are the attributes that are known to be lists: the packages do not say what an attribute is.
    """

    name: str
    properties: dict[str, Property]
    structures: dict[str, dict[str, Property]]
    attributes: frozenset[str] = frozenset()
    described: bool = True
    lists: frozenset[str] = frozenset()

    @property
    def has_any_attribute(self) -> bool:
        """Whether the template's author decides what the attributes are, as for a custom resource."""
        return "*" in self.attributes
