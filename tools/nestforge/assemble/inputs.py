"""One hash over every source file: what decides whether anything must be made again."""

from __future__ import annotations

import os
from hashlib import sha256

from nestforge.assemble.source_files import source_files


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
            with open(full, "rb") as file:
                content = file.read()
        except OSError:
            continue
        digest.update(f"{path}\0{len(content)}\0".encode(errors="surrogateescape"))
        digest.update(content)
    return digest.hexdigest()
