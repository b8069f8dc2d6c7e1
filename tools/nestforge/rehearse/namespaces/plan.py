"""What the supervisor of a machine is told to build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

IDS = 1 << 16
"""User and group ids that a machine has: 0 to 65535."""


@dataclass(frozen=True, slots=True)
class MachinePlan:
    """A machine whose root is the id `owner` outside, and whose other ids follow it.

    `folder` holds `disk`, an image of a file system, and `layer`, the files that differ from this machine's.
    `parent` must live; `cgroups` are the files to join control groups by; `binds` are folders and files of this
    machine, read-only, by the path that the new machine sees. `memory` is what it may take, in bytes.
    """

    folder: str
    hostname: str
    owner: int
    parent: int
    cgroups: tuple[str, ...]
    binds: Mapping[str, str]
    memory: int
