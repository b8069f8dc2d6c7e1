from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft4Validator

from nestforge.cli.formats import FORMATS, write
from nestforge.cli.formats.report import Report
from nestforge.lint.check_subject import Checked
from nestforge.model.diagnostic import Diagnostic, Edit, Span

# As published in the npm package @microsoft/jest-sarif 1.0.0-beta.0 (MIT).
SCHEMA = Path(__file__).parent / "sarif-2.1.0-rtm.5.json"

FOUND = [
    Diagnostic(
        Span("a b/标签.yaml", 2, 4, 2, 8),
        "R3001",
        "undefined-ref",
        "'名' is, 100%: wrong",
        "did you mean 'x'?",
        under="R.A",
        edits=(Edit(Span("a b/标签.yaml", 2, 4, 2, 8), "Refx", "x"),),
    ),
    Diagnostic(Span("gone.yaml", 9), "R7002", "unbounded-value", "too long", severity="warning"),
    Diagnostic(Span("gone.yaml", 9), "R7013", "no-bash", "no bash", severity="info"),
]


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b" / "标签.yaml").write_text("# one\n标: Refx\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Report([Checked(str(tmp_path), FOUND, {}, 3)])


@pytest.fixture
def nothing(tmp_path: Path) -> Report:
    return Report([Checked(str(tmp_path), [], {}, 3)])


def test_text_shows_the_line_and_marks_the_place(report: Report) -> None:
    assert write(report, "text").splitlines() == [
        "a b/标签.yaml:2:4: error[R3001] '名' is, 100%: wrong",
        "  2 | 标: Refx",
        "    |     ^^^^",
        "  help: did you mean 'x'?",
        "gone.yaml:9:1: warning[R7002] too long",
        "gone.yaml:9:1: info[R7013] no bash",
        "1 error, 1 warning in 3 files",
    ]


def test_no_finding_is_said_too(nothing: Report) -> None:
    assert write(nothing, "text") == "no findings in 3 files"
    assert write(nothing, "github") == ""
    (suite,) = ElementTree.fromstring(write(nothing, "junit"))
    assert (suite.get("tests"), suite.get("failures"), len(suite)) == ("1", "0", 1)


def test_json_has_every_field_of_a_finding(report: Report) -> None:
    shown = json.loads(write(report, "json"))
    assert (shown["schema"], shown["files"], len(shown["findings"])) == (1, 3, 3)
    assert shown["findings"][0] == {
        "code": "R3001",
        "name": "undefined-ref",
        "severity": "error",
        "path": "a b/标签.yaml",
        "line": 2,
        "column": 4,
        "end_line": 2,
        "end_column": 8,
        "message": "'名' is, 100%: wrong",
        "help": "did you mean 'x'?",
        "under": "R.A",
    }


def test_sarif_names_each_rule_once_and_each_place_as_a_uri(report: Report) -> None:
    report.findings.append(report.findings[0])
    shown = json.loads(write(report, "sarif"))
    Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(shown)
    (run,) = shown["runs"]
    assert shown["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["R3001", "R7002", "R7013"]
    assert [result["ruleIndex"] for result in run["results"]] == [0, 1, 2, 0]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note", "error"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b/%E6%A0%87%E7%AD%BE.yaml"
    assert place["region"] == {"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 8}
    (fix,) = run["results"][0]["fixes"]
    assert fix["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": "x"}


def test_github_annotations_are_one_line_each(report: Report) -> None:
    assert write(report, "github").splitlines() == [
        "::error file=a b/标签.yaml,line=2,col=4,endColumn=8,title=R3001 undefined-ref"
        "::'名' is, 100%25: wrong%0Ahelp: did you mean 'x'?",
        "::warning file=gone.yaml,line=9,col=1,title=R7002 unbounded-value::too long",
        "::notice file=gone.yaml,line=9,col=1,title=R7013 no-bash::no bash",
    ]


def test_junit_has_a_suite_for_each_file_and_a_hint_fails_nothing(report: Report) -> None:
    suites = list(ElementTree.fromstring(write(report, "junit")))
    assert [(s.get("name"), s.get("tests"), s.get("failures")) for s in suites] == [
        ("a b/标签.yaml", "1", "1"),
        ("gone.yaml", "2", "1"),
    ]
    (failure,) = suites[0].iter("failure")
    assert failure.attrib == {"message": "'名' is, 100%: wrong", "type": "error"}
    assert failure.text == "a b/标签.yaml:2:4: '名' is, 100%: wrong\nhelp: did you mean 'x'?"


def test_junit_is_xml_whatever_a_message_holds(tmp_path: Path) -> None:
    found = Diagnostic(Span("a.yaml", 1), "R3001", "undefined-ref", "\x00 \x1b[31m ]]> </failure> \ufffe &")
    (suite,) = ElementTree.fromstring(write(Report([Checked(str(tmp_path), [found], {}, 1)]), "junit"))
    (failure,) = suite.iter("failure")
    assert failure.get("message") == "� �[31m ]]> </failure> � &"


@pytest.mark.parametrize("form", FORMATS)
def test_no_place_leads_out_of_the_folder(form: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden\n")
    folder = tmp_path / "project"
    folder.mkdir()
    found = [Diagnostic(Span("../secret", 1), "R1002", "outside-project", "leads out")]
    assert "hidden" not in write(Report([Checked(str(folder), found, {}, 1)]), form)
