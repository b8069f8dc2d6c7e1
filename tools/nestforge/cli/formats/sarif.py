"""Findings as SARIF 2.1.0, which code-scanning pages import."""

from __future__ import annotations

import json
from hashlib import sha256
from urllib.parse import quote

from nestforge import __version__
from nestforge.lint.explanations import explanations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.cli.formats.report import Report
    from nestforge.lint.explanations import Explanation
    from nestforge.model.diagnostic import Diagnostic, Span

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def write(report: Report) -> str:
    """Return one run: the rules that found something, then what they found."""
    explained = {one.code: one for one in explanations()}
    codes = sorted({found.code for found in report.findings})
    driver = {
        "name": "nestforge",
        "semanticVersion": __version__,
        "rules": [_rule(explained[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, codes.index(found.code)) for found in report.findings],
    }
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(explained: Explanation) -> dict[str, object]:
    return {
        "id": explained.code,
        "name": explained.name,
        "shortDescription": {"text": explained.title},
        "fullDescription": {"text": explained.text},
        "defaultConfiguration": {"level": _LEVELS[explained.severity]},
    }


def _result(found: Diagnostic, rule: int) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": _LEVELS[found.severity],
        "message": {"text": f"{found.message}; {found.help}" if found.help else found.message},
        "locations": [{"physicalLocation": _location(found.span)}],
        "partialFingerprints": {"nestforge/v1": _fingerprint(found)},
    }
    if found.edits:
        result["fixes"] = [_fix(found)]
    return result


def _location(span: Span) -> dict[str, object]:
    return {"artifactLocation": {"uri": quote(span.path)}, "region": _region(span)}


def _region(span: Span) -> dict[str, int]:
    region = {"startLine": span.line, "startColumn": span.column}
    return region | ({"endLine": span.end_line, "endColumn": span.end_column} if span.end_line else {})


def _fix(found: Diagnostic) -> dict[str, object]:
    replacements = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.new}} for edit in found.edits
    ]
    changes = [{"artifactLocation": {"uri": quote(found.span.path)}, "replacements": replacements}]
    return {"description": {"text": found.help or "change it as proposed"}, "artifactChanges": changes}


def _fingerprint(found: Diagnostic) -> str:
    """Return what stays the same when lines are added above."""
    return sha256(f"{found.span.path}\0{found.code}\0{found.message}".encode(errors="surrogatepass")).hexdigest()[:32]
