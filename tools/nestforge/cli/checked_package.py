"""The package of a project: checked before it is written, whole when it is read."""

from __future__ import annotations

from nestforge.assemble.build_package import build_package

TYPE_CHECKING = False  # not from typing: see cli/run.py
if TYPE_CHECKING:
    from pathlib import Path

    from nestforge.assemble.remembered import Remembered
    from nestforge.model.build import Build
    from nestforge.model.diagnostic import Diagnostic
    from nestforge.publish.desired import Desired


def checked_package(root: str) -> dict[str, object]:
    """Return what `build_package` reports of the project at `root`; errors keep it from being written.

    Raises ProjectFaulty and CannotWrite.
    """
    return build_package(root, _check)


def read_whole(package: Path, region: str) -> Desired:
    """Return what the package says of a target in `region`.

    Another build may be at work: it waits, it would exchange the folder.

    Raises PackageUnusable.
    """
    from nestforge.assemble.write_package import building
    from nestforge.publish.read_package import read_package

    with building(package.parent):
        return read_package(package, region)


def _check(build: Build, remembered: Remembered) -> list[Diagnostic]:
    from nestforge.lint.check_build import check_build  # only a changed project pays for the linter
    from nestforge.lint.settings import settings_for

    found: list[Diagnostic] = []
    settings = settings_for(build.project.root, found)
    return [*found, *check_build(build, settings, remembered)]
