"""The package of a project, checked before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.assemble.build_package import build_package

if TYPE_CHECKING:
    from nestforge.model.build import Build
    from nestforge.model.diagnostic import Diagnostic


def checked_package(root: str) -> dict[str, object]:
    """Return what `build_package` reports of the project at `root`; errors keep it from being written.

    Raises ProjectFaulty and CannotWrite.
    """
    return build_package(root, _check)


def _check(build: Build) -> list[Diagnostic]:
    from nestforge.lint.check import check_build  # only a changed project pays for the linter

    return check_build(build)
