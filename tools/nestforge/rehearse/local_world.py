"""A world of this machine's own, and the stage on which one is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from nestforge.rehearse.host import World

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from nestforge.rehearse.checks.check import Deployment
    from nestforge.rehearse.host import Host
    from nestforge.rehearse.result import Measured
    from nestforge.sandbox.server import Sandbox
    from nestforge.sandbox.stacks.provider import Providers


class LocalWorld(World, Protocol):
    """A world with what makes resources in it."""

    @property
    def providers(self) -> Providers:
        """The providers by type."""

    def reached_from_hosts(self, sandbox: Sandbox) -> AbstractAsyncContextManager[None]:
        """Let hosts reach what the cloud's internal network has of it: what it stores."""


class Stage(Protocol):
    """What rehearsals take place on.

    `artifacts` are the names of the published artifacts by the ids of their images: each rehearsal fills it.
    """

    @property
    def artifacts(self) -> dict[str, str]:
        """The names, to be filled."""

    def open_world(self, folder: Path) -> AbstractAsyncContextManager[LocalWorld]:
        """Open a world whose traces are in `folder`; at the end everything of it is removed."""

    def look_at(self, hosts: Iterable[Host]) -> None:
        """See what differs from the real thing on the hosts, while they are there."""

    async def measure(self, deployment: Deployment) -> Measured:
        """Measure how fast the API answers, and what its processes hold, where that says anything."""
