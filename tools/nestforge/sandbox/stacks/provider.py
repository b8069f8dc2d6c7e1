"""What creates resources: one provider for each type, in a table that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nestforge.evaluate.data import Data
    from nestforge.evaluate.made import Made
    from nestforge.sandbox.stacks.records import StackResource


class ResourceFailed(Exception):
    """A resource could not be created or deleted; the text is the reason that its event gives."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A resource to create. Its properties are known to the last, secrets included.

    `others` gives what the stack has by now; `tell` adds a line to the resource's log.
    """

    stack_id: str
    stack_name: str
    region: str
    name: str
    type: str
    properties: Mapping[str, Data]
    others: Callable[[], list[StackResource]]
    tell: Callable[[str], None]


class Provider(Protocol):
    """Creates and deletes resources of a type. Each may take its time; to be cancelled means to give up."""

    async def create(self, wanted: Wanted) -> Made:
        """Create the resource. Raises ResourceFailed."""

    async def delete(self, resource: StackResource) -> None:
        """Remove all there is of it, which may be less than the whole, or nothing. Raises ResourceFailed."""


@dataclass(frozen=True, slots=True)
class Providers:
    """The table by type, and what is true of everything that these providers make."""

    by_type: Mapping[str, Provider]
    note: str = ""
