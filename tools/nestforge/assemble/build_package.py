"""Make the package of a project, unless it is there already."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.assemble.freshness import recall, remember
from nestforge.assemble.inputs import inputs_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.model.build import Build
    from nestforge.model.diagnostic import Diagnostic

FOLDER = "build"


def build_package(root: str, check: Callable[[Build], list[Diagnostic]]) -> dict[str, object]:
    """Return where the package of the project at `root` is, having made it where anything changed.

    `check` looks at what was assembled; errors that it returns, or that assembling met, keep the package
    from being written. The result has `package`, `archive`, `sha256` of the archive, and how many files
    were `rendered` or `reused`. Raises ProjectFaulty and CannotWrite.
    """
    folder = os.path.join(root, FOLDER)
    inputs = inputs_hash(root)
    report = recall(folder, inputs)
    if report is not None:
        return {**report, "rendered": 0, "reused": report["rendered"]}
    return _make(root, folder, inputs, check)


def _make(root: str, folder: str, inputs: str, check: Callable[[Build], list[Diagnostic]]) -> dict[str, object]:
    from hashlib import sha256

    from nestforge.assemble.archive import tar_gz
    from nestforge.assemble.pipeline import assemble
    from nestforge.assemble.write_package import building, write_package
    from nestforge.model.project import ProjectFaulty
    from nestforge.sources.project import load_project

    with building(Path(folder)):
        build = assemble(load_project(Path(root)), inputs)
        findings = {*build.diagnostics, *check(build)}
        if any(finding.severity == "error" for finding in findings):
            raise ProjectFaulty(sorted(findings))
        archive = tar_gz(build.files)
        name = f"{build.project.service.id}-{build.project.service.version_name}.tar.gz"
        write_package(Path(folder), build.files, name, archive)
        report: dict[str, object] = {
            "package": os.path.join(folder, "package"),
            "archive": os.path.join(folder, name),
            "sha256": sha256(archive).hexdigest(),
            "rendered": len(build.files),
            "reused": 0,
        }
        remember(folder, inputs, report)
        return report
