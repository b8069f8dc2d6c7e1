"""One hash over every source file: what decides whether anything must be made again."""

from __future__ import annotations

import json
import os
from hashlib import sha256

from nestforge.assemble.layout import MANIFEST
from nestforge.assemble.source_files import source_files

INPUTS = "inputs"
"""Its name in the manifest of a package."""


def inputs_hash(root: str) -> str:
    """Return the sha256 over paths and contents of all source files, and over the tool's version.

    targets.yaml says where to publish, not what: it is left out. Files that cannot be read, or never end
    (a link to a device, a pipe), count as absent here; loading the project reports them.
    """
    from nestforge import __version__

    digest = sha256(f"nestforge {__version__}\n".encode())
    for path in source_files(root):
        full = os.path.join(root, path)
        if not os.path.isfile(full):
            continue
        try:
            with open(full, "rb", buffering=0) as file:
                content = file.readall()
        except OSError:
            continue
        digest.update(f"{path}\0{len(content)}\0".encode(errors="surrogateescape"))
        digest.update(content)
    return digest.hexdigest()


def have_changed(root: str, package: str) -> bool:
    """Return whether the sources are others than the `package` was made from; False where it does not say that."""
    try:
        with open(os.path.join(package, MANIFEST), encoding="utf-8") as file:
            made_from = json.load(file)[INPUTS]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return bool(made_from != inputs_hash(root))
