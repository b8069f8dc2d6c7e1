"""One resource type on paper."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.evaluate.made import Made
from nestforge.rosspec.spec import bundled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nestforge.evaluate.data import Data
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource

    Attributes = Callable[[Wanted, str], Mapping[str, Data]]

NOTE = "recorded only; nothing ran"
"""What is true of everything that is made on paper."""


def no_attributes(wanted: Wanted, physical_id: str) -> Mapping[str, Data]:
    """Return nothing: the spec and the properties say all that can be said."""
    return {}


@dataclass(frozen=True, slots=True)
class Paper:
    """Ids that begin with `prefix`, the attribute that repeats the id, and those that need more thought.

    Other attributes that the spec lists are what a property of the same name says, or say themselves that
    they are on paper only.
    """

    prefix: str
    identity: str = ""
    attributes: Attributes = no_attributes

    async def create(self, wanted: Wanted) -> Made:
        """Write the resource down."""
        physical_id = f"{self.prefix}-{secrets.token_hex(10)}"
        described = bundled().type(wanted.type)
        listed = described.attributes if described is not None else frozenset()
        lists = described.lists if described is not None else frozenset()
        found: dict[str, Data] = {name: [NOTE] if name in lists else NOTE for name in sorted(listed) if name != "*"}
        found |= {name: value for name, value in wanted.properties.items() if name in found}
        if self.identity:
            found[self.identity] = physical_id
        return Made(physical_id, {**found, **self.attributes(wanted, physical_id)})

    async def delete(self, resource: StackResource) -> None:
        """Do nothing: there is nothing but the record, which the engine removes."""
