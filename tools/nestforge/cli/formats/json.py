"""Findings for a program: one JSON object with `"schema": 1`."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.cli.formats.report import Report


def write(report: Report) -> str:
    """Return `{"schema", "findings": [...], "files"}` on one line."""
    listed = [found.facts() for found in report.findings]
    return json.dumps({"schema": 1, "findings": listed, "files": report.files}, ensure_ascii=False)
