"""The system disk of a machine: an image as large as the order says, of which only what is written takes room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.rehearse.namespaces.programs import run

if TYPE_CHECKING:
    from pathlib import Path

_GIB = 1 << 30


async def make_disk(image: Path, size: int) -> None:
    """Make an image of `size` GiB with an empty file system. Raises MachineFailed."""
    with image.open("wb") as file:
        file.truncate(size * _GIB)
    image.chmod(0o600)
    # No journal: a disk that dies with its machine needs none, and it would be written at once.
    options = ["-E", "nodiscard,lazy_itable_init=1", "-O", "^has_journal", "-m", "0"]
    await run(["mkfs.ext4", "-q", "-F", *options, str(image)])
