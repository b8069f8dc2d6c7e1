"""Findings for a program: one JSON object with `"schema": 1`."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.cli.formats.report import Report
    from nestforge.model.diagnostic import Diagnostic


def write(report: Report) -> str:
    """Return `{"schema", "findings": [...], "files"}` on one line."""
    listed = [finding_facts(found) for found in report.findings]
    return json.dumps({"schema": 1, "findings": listed, "files": report.files}, ensure_ascii=False)


def finding_facts(found: Diagnostic) -> dict[str, object]:
    """Return a finding as JSON has it."""
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity,
        "path": found.span.path,
        "line": found.span.line,
        "column": found.span.column,
        "end_line": found.span.end_line or found.span.line,
        "end_column": found.span.end_column or found.span.column,
        "message": found.message,
        "help": found.help,
        "under": found.under,
    }
