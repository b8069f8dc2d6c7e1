"""Findings as the commands that GitHub Actions turns into notes beside the lines."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.cli.formats.report import Report

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def write(report: Report) -> str:
    """Return one line for each finding."""
    lines = []
    for found in report.findings:
        span = found.span
        place = f"file={_escaped(span.path, ':,')},line={span.line},col={span.column}"
        if span.end_line == span.line:
            place += f",endColumn={span.end_column}"
        message = f"{found.message}\nhelp: {found.help}" if found.help else found.message
        title = f"{found.code} {found.name}"
        lines.append(f"::{_LEVELS[found.severity]} {place},title={title}::{_escaped(message)}")
    return "\n".join(lines)


def _escaped(text: str, more: str = "") -> str:
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text
