"""Which files a package is made from."""

from __future__ import annotations

import os

FOLDERS = ("service", "ros_templates", "scripts", "i18n")


def source_files(root: str) -> list[str]:
    """Return the paths of all source files, sorted."""
    found = []
    for folder in FOLDERS:
        for base, folders, names in os.walk(os.path.join(root, folder)):
            folders.sort()
            relative = os.path.relpath(base, root).replace(os.sep, "/")
            found += [f"{relative}/{name}" for name in names if not name.startswith(".")]
    return sorted(path for path in found if path != "service/targets.yaml")
