"""Read service/rehearsal.yaml: how the service is rehearsed."""

from __future__ import annotations

import msgspec

from nestforge.model.diagnostic import Diagnostic
from nestforge.model.project import ProjectFaulty
from nestforge.model.rehearsal import RehearsalPlan
from nestforge.sources.check_schema import check_schema
from nestforge.sources.text_file import read_text
from nestforge.sources.yaml_file import parse_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

REHEARSAL = "service/rehearsal.yaml"
_HOW = "it says how the service is rehearsed; `nestforge schema rehearsal` prints what it holds"


def load_rehearsal(root: Path) -> RehearsalPlan:
    """Return how the service of the project below `root` is rehearsed. Raises ProjectFaulty."""
    report: list[Diagnostic] = []
    text = read_text(root, REHEARSAL, report)
    if not (root / REHEARSAL).exists():
        report = [fault._replace(help=_HOW) for fault in report]
    file = parse_yaml(text, REHEARSAL, report) if text is not None else None
    if file is None or not check_schema("rehearsal", file, report):
        raise ProjectFaulty(sorted(report))
    plan = msgspec.convert(file.data, RehearsalPlan)
    for index, factor in enumerate(plan.factors):
        if bool(factor.parameter) == bool(factor.choices):
            message = f"'{factor.name}' needs either a parameter or choices"
            help = "write `parameter: NAME` for all its allowed values, or list the choices"
            report.append(Diagnostic(file.span("factors", index), "R1203", "invalid-value", message, help))
    for index, fault in enumerate(plan.faults):
        if fault.do and bool(fault.before) == bool(fault.after):
            message = f"'{fault.name}' needs to say when: before a resource, or after one"
            help = "write `before: NAME` or `after: NAME` of a resource of the template"
            report.append(Diagnostic(file.span("faults", index), "R1203", "invalid-value", message, help))
    if report:
        raise ProjectFaulty(report)
    return plan
