"""One hash that stands for a whole package."""

from __future__ import annotations

from hashlib import sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


def package_hash(package: Path) -> str:
    """Return the sha256 of the package's manifest, which names the sha256 of every file in it."""
    return sha256((package / "manifest.json").read_bytes()).hexdigest()
