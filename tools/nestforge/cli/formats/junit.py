"""Findings as the test report that CI servers show: a suite for each file, a failed case for each finding."""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree import ElementTree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.cli.formats.report import Report
    from nestforge.model.diagnostic import Diagnostic


_UNPRINTABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(report: Report) -> str:
    """Return the XML. Hints are cases that pass; a run without findings has one case that passes."""
    suites = ElementTree.Element("testsuites", name="nestforge lint")
    by_path = groupby(sorted(report.findings, key=lambda found: found.span), key=lambda found: found.span.path)
    for path, findings in by_path:
        _add_suite(suites, path, list(findings))
    if not report.findings:
        suite = ElementTree.SubElement(suites, "testsuite", name="nestforge lint", tests="1", failures="0")
        ElementTree.SubElement(suite, "testcase", classname="nestforge", name=report.summary())
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode")


def _add_suite(suites: ElementTree.Element, path: str, findings: list[Diagnostic]) -> None:
    failed = sum(found.severity != "info" for found in findings)
    shown = _printable(path)
    suite = ElementTree.SubElement(suites, "testsuite", name=shown, tests=str(len(findings)), failures=str(failed))
    for found in findings:
        place = f"{found.span.line}:{found.span.column}"
        name = f"{found.code} {found.name} at {place}"
        case = ElementTree.SubElement(
            suite, "testcase", classname=shown, name=name, file=shown, line=str(found.span.line)
        )
        text = _printable(f"{shown}:{place}: {found.message}" + (f"\nhelp: {found.help}" if found.help else ""))
        if found.severity == "info":
            ElementTree.SubElement(case, "system-out").text = text
        else:
            failure = ElementTree.SubElement(case, "failure", message=_printable(found.message), type=found.severity)
            failure.text = text


def _printable(text: str) -> str:
    """Return the text without the characters that XML 1.0 cannot hold, not even escaped."""
    return _UNPRINTABLE.sub("\ufffd", text)
