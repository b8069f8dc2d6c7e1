"""Failures of what makes machines, as the reasons of resources' events."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from nestforge.rehearse.namespaces.errors import MachineFailed
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def as_failure() -> Iterator[None]:
    """Raise ResourceFailed where a machine, or its network, could not be made."""
    try:
        yield
    except MachineFailed as error:
        raise ResourceFailed(str(error)) from error
