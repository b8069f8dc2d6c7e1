"""What a host has on its disk and in its `docker` when it is made from an image."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Hardware:
    """What an instance type has of what engines look for. `gpu_memory` is of each GPU, in MiB."""

    gpu: str = ""
    gpu_count: int = 0
    gpu_memory: int = 0
    driver: str = ""
    erdma: bool = False


@dataclass(frozen=True, slots=True)
class ContainerImage:
    """An image that the host's `docker` knows. Its commands are found in `path`, folders of the host.

    `binds` are folders that only its containers see: where they are seen, and the folder of this machine, read-only.
    """

    tag: str
    id: str
    path: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    binds: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EcsImage:
    """An image of a system disk: files by their path in the host, and folders of this machine, read-only."""

    image_id: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    binds: Mapping[str, Path] = field(default_factory=dict)
    containers: tuple[ContainerImage, ...] = ()
    hardware: Hardware = Hardware()


ImageOf = Callable[[str, str], EcsImage]
"""Gives the image for the properties ImageId and InstanceType; raises ResourceFailed for one that does not exist."""
