"""Types that need no body, or are not rehearsed with one: recorded, and said to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.sandbox.paper.paper import NOTE

if TYPE_CHECKING:
    from nestforge.evaluate.made import Made
    from nestforge.sandbox.stacks.provider import Provider, Wanted
    from nestforge.sandbox.stacks.records import StackResource


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A provider that makes nothing; the resource's log says so."""

    provider: Provider

    async def create(self, wanted: Wanted) -> Made:
        """Write the resource down. Raises ResourceFailed."""
        wanted.tell(NOTE)
        return await self.provider.create(wanted)

    async def delete(self, resource: StackResource) -> None:
        """Forget it. Raises ResourceFailed."""
        await self.provider.delete(resource)
