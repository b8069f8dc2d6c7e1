"""The generated JavaScript inside the distributions, wheel or source, of the `ros-cdk-*` packages."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"(?P<name>ros[-_]cdk[-_]\w+)-(?P<version>[0-9][0-9.]*[0-9])[-.].*")
_BUNDLE = ".jsii.tgz"


@dataclass(frozen=True, slots=True)
class Package:
    """A package: its name, its version, and the text of its generated modules."""

    name: str
    version: str
    modules: tuple[str, ...]


def read_distribution(path: Path) -> Package:
    """Return what a distribution holds; the modules are in a tarball inside it."""
    named = _NAME.fullmatch(path.name)
    if named is None:
        raise ValueError(f"{path.name} is no distribution of a ros-cdk package")
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            bundles = [wheel.read(member) for member in wheel.namelist() if member.endswith(_BUNDLE)]
    else:
        bundles = _members(path.read_bytes(), _BUNDLE)
    modules = [text for bundle in bundles for text in _members(bundle, ".generated.js")]
    return Package(named["name"].replace("_", "-"), named["version"], tuple(m.decode() for m in modules))


def _members(tarball: bytes, ending: str) -> list[bytes]:
    with tarfile.open(fileobj=io.BytesIO(tarball)) as archive:
        found = (archive.extractfile(member) for member in archive if member.name.endswith(ending))
        return [file.read() for file in found if file is not None]
