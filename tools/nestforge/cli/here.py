"""Which folder a command is about where none was named."""

from __future__ import annotations

import os

from nestforge.cli.project_root import project_root
from nestforge.lint.subjects import PACKAGE_MARK


def here(named: str | None) -> str:
    """Return the folder: the package that the current one is, or the project that it is in."""
    if named is None and os.path.lexists(PACKAGE_MARK):
        return "."
    return project_root(named)
