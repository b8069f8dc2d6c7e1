"""Findings for a person: the place, the sentence, the line with a mark, the help."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.cli.formats.report import Report
    from nestforge.model.diagnostic import Diagnostic

_LONGEST_EXCERPT = 160
_COLOURS = {"error": "31", "warning": "33", "info": "36"}


def write(report: Report) -> str:
    """Return a block for each finding, and how many there are."""
    blocks = [line for found in report.findings for line in _block(found, report.line(found))]
    return "\n".join([*blocks, report.summary(), *report.remarks])


def _block(found: Diagnostic, line: str | None) -> list[str]:
    span = found.span
    head = f"{span.path}:{span.line}:{span.column}: {_coloured(f'{found.severity}[{found.code}]', found.severity)}"
    block = [f"{head} {found.message}"]
    if line is not None and line.strip() and len(line) <= _LONGEST_EXCERPT:
        margin = " " * len(str(span.line))
        width = span.end_column - span.column if span.end_line == span.line else 1
        marked = line[span.column - 1 : span.column - 1 + width]
        carets = "^" * max(1, _cells(marked))
        block += [f"  {span.line} | {line}", f"  {margin} | {' ' * _cells(line[: span.column - 1])}{carets}"]
    if found.help:
        block.append(f"  help: {found.help}")
    return block


def _cells(text: str) -> int:
    """Return how many columns of a terminal `text` takes: Chinese characters take two."""
    if text.isascii():
        return len(text)
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _coloured(text: str, severity: str) -> str:
    if os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        return text
    return f"\033[{_COLOURS[severity]}m{text}\033[0m"
