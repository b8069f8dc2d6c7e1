"""Read a project, assemble it, and check both the sources and what they make."""

from __future__ import annotations

from pathlib import Path

from nestforge.assemble.inputs import inputs_hash
from nestforge.assemble.pipeline import assemble
from nestforge.assemble.remembered import AFRESH
from nestforge.lint.check_build import check_build
from nestforge.model.dataclass import dataclass
from nestforge.model.project import ProjectFaulty
from nestforge.sources.project import load_project
from nestforge.sources.targets import load_targets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.assemble.remembered import Remembered
    from nestforge.lint.settings import Settings
    from nestforge.model.build import Build
    from nestforge.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class CheckedProject:
    """What was found in a project; `build` is None where its sources cannot be read."""

    findings: list[Diagnostic]
    build: Build | None


def check_project(root: str, settings: Settings, remembered: Remembered = AFRESH) -> CheckedProject:
    """Return what is wrong with the project at `root`, and what it makes."""
    folder = Path(root)
    findings: list[Diagnostic] = []
    try:
        load_targets(folder)
    except ProjectFaulty as fault:
        findings += fault.diagnostics
    try:
        project = load_project(folder, remembered.memo)
    except ProjectFaulty as fault:
        return CheckedProject(sorted([*findings, *fault.diagnostics]), None)
    build = assemble(project, inputs_hash(root), remembered)
    findings += [*build.diagnostics, *check_build(build, settings, remembered)]
    remembered.save()
    return CheckedProject(sorted(set(findings)), build)
