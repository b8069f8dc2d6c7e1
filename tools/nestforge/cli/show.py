"""Show findings: to a person, with the line they are about; to a machine; to a forge's review page."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from nestforge.model.diagnostic import Diagnostic, Span

_LONGEST_EXCERPT = 160
_COLOURS = {"error": "31", "warning": "33", "info": "36"}
_SARIF_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_GITHUB_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the lines of findings can be read: the folder, then what was made; and how many files were checked."""

    root: Path
    made: Mapping[str, bytes]
    files: int

    def line(self, span: Span) -> str | None:
        """Return the line that `span` begins on, or None where it is not there or is no text."""
        from nestforge.sources.text_file import LARGEST, read_bytes

        content = read_bytes(self.root, span.path, [], LARGEST) or self.made.get(span.path, b"")
        lines = content.split(b"\n")
        if b"\0" in content or span.line > len(lines):
            return None
        return lines[span.line - 1].decode("utf-8", "replace").rstrip("\r").replace("\t", " ")


def show(findings: Sequence[Diagnostic], form: str, sources: Sources) -> str:
    """Return the findings in one of FORMATS."""
    return _WRITERS[form](findings, sources)


def _text(findings: Sequence[Diagnostic], sources: Sources) -> str:
    return "\n".join([*(line for found in findings for line in _block(found, sources)), _summary(findings, sources)])


def _block(found: Diagnostic, sources: Sources) -> list[str]:
    span = found.span
    head = f"{span.path}:{span.line}:{span.column}: {_coloured(f'{found.severity}[{found.code}]', found.severity)}"
    block = [f"{head} {found.message}"]
    line = sources.line(span)
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


def _summary(findings: Sequence[Diagnostic], sources: Sources) -> str:
    counts = {severity: sum(found.severity == severity for found in findings) for severity in ("error", "warning")}
    shown = [f"{n} {name}{'' if n == 1 else 's'}" for name, n in counts.items() if n]
    files = f"{sources.files} file{'' if sources.files == 1 else 's'}"
    return f"{', '.join(shown) or 'no findings'} in {files}"


def _json(findings: Sequence[Diagnostic], sources: Sources) -> str:
    listed = [finding_facts(found) for found in findings]
    return json.dumps({"schema": 1, "findings": listed, "files": sources.files}, ensure_ascii=False)


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


def _sarif(findings: Sequence[Diagnostic], sources: Sources) -> str:
    from nestforge import __version__

    names = {found.code: found.name for found in findings}
    results = [
        {
            "ruleId": found.code,
            "level": _SARIF_LEVELS[found.severity],
            "message": {"text": f"{found.message}; {found.help}" if found.help else found.message},
            "locations": [{"physicalLocation": _location(found.span)}],
        }
        for found in findings
    ]
    rules = [{"id": code, "name": names[code]} for code in sorted(names)]
    tool = {"driver": {"name": "nestforge", "version": __version__, "rules": rules}}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": tool, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _location(span: Span) -> dict[str, object]:
    from urllib.parse import quote

    region = {"startLine": span.line, "startColumn": span.column}
    if span.end_line:
        region |= {"endLine": span.end_line, "endColumn": span.end_column}
    return {"artifactLocation": {"uri": quote(span.path)}, "region": region}


def _github(findings: Sequence[Diagnostic], sources: Sources) -> str:
    """Write the commands that GitHub Actions turns into notes beside the lines."""
    lines = []
    for found in findings:
        span = found.span
        place = f"file={_escaped(span.path, ':,')},line={span.line},col={span.column}"
        if span.end_line == span.line:
            place += f",endColumn={span.end_column}"
        message = f"{found.message}\nhelp: {found.help}" if found.help else found.message
        title = f"{found.code} {found.name}"
        lines.append(f"::{_GITHUB_LEVELS[found.severity]} {place},title={title}::{_escaped(message)}")
    return "\n".join(lines)


def _escaped(text: str, more: str = "") -> str:
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


_WRITERS: dict[str, Callable[[Sequence[Diagnostic], Sources], str]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
}
FORMATS = tuple(_WRITERS)
