"""Make the package of a project, unless it is there already."""

from __future__ import annotations

import os

from nestforge.assemble.freshness import Made, looks_of, recall, remember
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
    known = recall(folder)
    if known is not None and known.sources == sources:
        return {**_report(folder, known), "rendered": 0, "reused": known.files}
    return _read_and_make(root, folder, sources, known, check)


def _report(folder: str, made: Made) -> dict[str, object]:
    archive = os.path.join(folder, made.archive)
    return {"package": os.path.join(folder, "package"), "archive": archive, "sha256": made.sha256}


def _read_and_make(root: str, folder: str, sources: Looks, known: Made | None, check: Check) -> dict[str, object]:
    """Make the package, unless the sources were touched alone and hold what they held."""
    from nestforge.assemble.inputs import inputs_hash
    from nestforge.assemble.write_package import building

    with building(folder):
        inputs = inputs_hash(root)
        if known is not None and known.inputs == inputs:
            remember(folder, known._replace(sources=sources))
            return {**_report(folder, known), "rendered": 0, "reused": known.files}
        made = _make(root, folder, sources, inputs, check)
        remember(folder, made)
        return {**_report(folder, made), "rendered": made.files, "reused": 0}


def _make(root: str, folder: str, sources: Looks, inputs: str, check: Check) -> Made:
    from hashlib import sha256

    from nestforge.assemble.archive import tar_gz
    from nestforge.assemble.pipeline import assemble
    from nestforge.assemble.remembered import remembered_of
    from nestforge.assemble.write_package import write_package
    from nestforge.model.project import ProjectFaulty
    from nestforge.sources.project import load_project

    remembered = remembered_of(root)
    build = assemble(load_project(root, remembered.memo), inputs, remembered)
    findings = {*build.diagnostics, *check(build, remembered)}
    remembered.save()
    if any(finding.severity == "error" for finding in findings):
        raise ProjectFaulty(sorted(findings))
    archive = tar_gz(build.files)
    name = f"{build.project.service.id}-{build.project.service.version_name}.tar.gz"
    write_package(folder, build.files, name, archive)
    return Made(sources, inputs, name, sha256(archive).hexdigest(), len(build.files))
