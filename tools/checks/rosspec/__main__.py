"""Download the `ros-cdk-*` packages of packages.txt, one after the other, and write the bundled spec.

A folder that holds them already may be given instead.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from checks.rosspec.distribution import Package, read_distribution
from checks.rosspec.patches import Types, apply_patches
from checks.rosspec.validators import resource_types
from nestforge.rosspec.blob import write_blob
from nestforge.rosspec.provenance import Provenance, provenance_of
from nestforge.rosspec.record import encode
from nestforge.rosspec.spec import BUNDLED, PROVENANCE

if TYPE_CHECKING:
    from nestforge.rosspec.resource_type import ResourceType

PACKAGES = Path(__file__).parent / "packages.txt"
PATCHES = Path(BUNDLED).parent.parent / "patches"


def main(arguments: list[str]) -> int:
    """Write the spec and say what it holds."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(arguments[0]) if arguments else Path(temporary)
        if not arguments:
            _download(PACKAGES.read_text(encoding="utf-8").split(), folder)
        packages = [read_distribution(path) for path in sorted(folder.iterdir())]
    types = apply_patches(_types_of(packages), PATCHES)
    for found in types.values():
        _check_patterns(found)
    versions = {package.name: package.version for package in packages}
    records = {name: encode(found) for name, found in types.items()}
    records[PROVENANCE] = Provenance(_date(versions), versions).record()
    write_blob(Path(BUNDLED), records)
    print(f"{len(types)} resource types from {len(packages)} packages, {Path(BUNDLED).stat().st_size} bytes")
    return 0


def _download(names: list[str], folder: Path) -> None:
    for number, name in enumerate(names, 1):
        print(f"[{number}/{len(names)}] {name}", flush=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), name]
        subprocess.run(command, check=True)


def _types_of(packages: list[Package]) -> Types:
    types: Types = {}
    for package in packages:
        for module in package.modules:
            for found in resource_types(module):
                if types.setdefault(found.name, found) != found:
                    raise ValueError(f"{package.name} and another package disagree about {found.name}")
    return types


def _check_patterns(found: ResourceType) -> None:
    """Refuse a pattern that Python cannot compile; a patch gives another one."""
    for properties in (found.properties, *found.structures.values()):
        for name, of in properties.items():
            try:
                re.compile(of.pattern or "")
            except re.error as error:
                raise ValueError(f"{found.name}: pattern of {name}: {error}") from error


def _date(versions: dict[str, str]) -> str:
    """Return today, or the day on which the spec was made of the very same versions: equal inputs, equal file."""
    if Path(BUNDLED).exists() and (before := provenance_of(BUNDLED)).packages == versions:
        return before.date
    return datetime.now(UTC).date().isoformat()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
