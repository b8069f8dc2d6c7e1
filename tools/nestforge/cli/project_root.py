"""Find the project that a command is about."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = ".computenest"
MARK = os.path.join("service", "service.yaml")


class NoProject(NestforgeError):
    """There is no service/service.yaml here, nor in any folder above."""

    exit_code = 2

    def __init__(self, where: str) -> None:
        super().__init__(
            f"there is no service/service.yaml in {where}" + ("" if os.path.isabs(where) else " or above"),
            help="go to the project's folder, or name it with --project DIR",
        )


def package_folder(named: str) -> Path | None:
    """Return the folder of a package that is no project of ours: it has `.computenest/`, and no sources."""
    if os.path.isfile(os.path.join(named, MARK)):
        return None
    folder = os.path.abspath(named)
    folder = os.path.dirname(folder) if os.path.basename(folder) == PACKAGE else folder
    if not os.path.lexists(os.path.join(folder, PACKAGE)):
        return None
    from pathlib import Path

    return Path(folder)


def project_root(named: str | None) -> str:
    """Return the absolute path of the project: the one named, or the nearest from the current folder up."""
    if named is not None:
        if not os.path.isfile(os.path.join(named, MARK)):
            raise NoProject(os.path.abspath(named))
        return os.path.abspath(named)
    folder = os.getcwd()
    while not os.path.isfile(os.path.join(folder, MARK)):
        above = os.path.dirname(folder)
        if above == folder:
            raise NoProject("this folder")
        folder = above
    return folder
