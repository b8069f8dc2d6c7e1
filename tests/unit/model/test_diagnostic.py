from __future__ import annotations

import pytest

from nestforge.model.diagnostic import Diagnostic, Span
from nestforge.model.project import ProjectFaulty


def finding(path: str, line: int, column: int = 1, severity: str = "error", help: str | None = "do so") -> Diagnostic:
    return Diagnostic(Span(path, line, column), "R3001", "undefined-ref", "there is no 'x'", help, severity)


def test_a_finding_reads_as_place_severity_code_sentence_and_help() -> None:
    assert str(finding("a.yaml", 4, 7)) == "a.yaml:4:7: error[R3001] there is no 'x'\n  help: do so"
    assert str(finding("a.yaml", 4, help=None)) == "a.yaml:4:1: error[R3001] there is no 'x'"


def test_findings_are_in_the_order_of_the_files() -> None:
    ordered = [finding("a", 2), finding("a", 10), finding("a", 10, 3), finding("b", 1)]
    assert sorted(ordered[at] for at in (2, 0, 3, 1)) == ordered


@pytest.mark.parametrize(
    ("severities", "said"),
    [(["error"], "1 error in the project"), (["error", "warning", "error"], "2 errors in the project")],
)
def test_a_faulty_project_counts_its_errors_and_keeps_all_findings(severities: list[str], said: str) -> None:
    found = [finding("a", line, severity=severity) for line, severity in enumerate(severities, 1)]
    faulty = ProjectFaulty(found)
    assert (faulty.message, faulty.exit_code, list(faulty.details)) == (said, 1, found)
