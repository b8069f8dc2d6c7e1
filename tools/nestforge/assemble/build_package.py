"""Make the package of a project, unless it is there already."""

from __future__ import annotations

import os

from nestforge.assemble.freshness import looks_of, recall, remember
from nestforge.assemble.source_files import source_files

TYPE_CHECKING = False  # as typing says it, which takes longer to load than an unchanged package to recognize
if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.assemble.freshness import Looks
    from nestforge.assemble.remembered import Remembered
    from nestforge.model.build import Build
    from nestforge.model.diagnostic import Diagnostic

    Check = Callable[[Build, Remembered], list[Diagnostic]]

FOLDER = "build"


def build_package(root: str, check: Check) -> dict[str, object]:
    """Return where the package of the project at `root` is, having made it where anything changed.

    `check` looks at what was assembled; errors that it returns, or that assembling met, keep the package
    from being written. The result has `package`, `archive`, `sha256` of the archive, and how many files
    were `rendered` or `reused`. Raises ProjectFaulty and CannotWrite.
    """
    folder = os.path.join(root, FOLDER)
    sources = looks_of(root, source_files(root))  # before they are read: what changes meanwhile is seen next time
    report = recall(folder, root, sources)
    if report is not None:
        return {**report, "rendered": 0, "reused": report["rendered"]}
    return _make(root, folder, sources, check)


def _make(root: str, folder: str, sources: Looks, check: Check) -> dict[str, object]:
    from hashlib import sha256
    from pathlib import Path

    from nestforge.assemble.archive import tar_gz
    from nestforge.assemble.inputs import inputs_hash
    from nestforge.assemble.pipeline import assemble
    from nestforge.assemble.remembered import remembered_of
    from nestforge.assemble.write_package import building, write_package
    from nestforge.model.project import ProjectFaulty
    from nestforge.sources.project import load_project

    with building(Path(folder)):
        inputs = inputs_hash(root)
        remembered = remembered_of(root)
        build = assemble(load_project(Path(root), remembered.memo), inputs, remembered)
        findings = {*build.diagnostics, *check(build, remembered)}
        remembered.save()
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
        remember(folder, sources, inputs, report)
        return report
