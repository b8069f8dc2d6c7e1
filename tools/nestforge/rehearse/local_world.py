"""A world of this machine's own, and how one is opened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from nestforge.rehearse.host import World

if TYPE_CHECKING:
    from nestforge.sandbox.server import Sandbox
    from nestforge.sandbox.stacks.provider import Providers


class LocalWorld(World, Protocol):
    """A world with what makes resources in it."""

    @property
    def providers(self) -> Providers:
        """The providers by type."""

    def reached_from_hosts(self, sandbox: Sandbox) -> AbstractAsyncContextManager[None]:
        """Let hosts reach what the cloud's internal network has of it: what it stores."""


OpenWorld = Callable[[Path], AbstractAsyncContextManager[LocalWorld]]
"""Opens a world whose traces are in a folder; at the end everything is removed."""
