from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from nestforge.cli.show import FORMATS, Sources, show
from nestforge.model.diagnostic import Diagnostic, Span

if TYPE_CHECKING:
    from pathlib import Path

FOUND = [
    Diagnostic(
        Span("a b/标签.yaml", 2, 4, 2, 8),
        "R3001",
        "undefined-ref",
        "'名' is, 100%: wrong",
        "did you mean 'x'?",
        under="R.A",
    ),
    Diagnostic(Span("gone.yaml", 9), "R7002", "unbounded-value", "too long", severity="warning"),
    Diagnostic(Span("gone.yaml", 9), "R7013", "no-bash", "no bash", severity="info"),
]


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b" / "标签.yaml").write_text("# one\n标: Refx\n", encoding="utf-8")
    return Sources(tmp_path, {}, 3)


def test_text_shows_the_line_and_marks_the_place(sources: Sources) -> None:
    assert show(FOUND, "text", sources).splitlines() == [
        "a b/标签.yaml:2:4: error[R3001] '名' is, 100%: wrong",
        "  2 | 标: Refx",
        "    |     ^^^^",
        "  help: did you mean 'x'?",
        "gone.yaml:9:1: warning[R7002] too long",
        "gone.yaml:9:1: info[R7013] no bash",
        "1 error, 1 warning in 3 files",
    ]


def test_no_finding_is_said_too(sources: Sources) -> None:
    assert show([], "text", sources) == "no findings in 3 files"
    assert show([], "github", sources) == ""


def test_json_has_every_field_of_a_finding(sources: Sources) -> None:
    shown = json.loads(show(FOUND, "json", sources))
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


def test_sarif_names_each_rule_once_and_each_place_as_a_uri(sources: Sources) -> None:
    shown = json.loads(show([*FOUND, FOUND[0]], "sarif", sources))
    (run,) = shown["runs"]
    assert shown["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["R3001", "R7002", "R7013"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note", "error"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b/%E6%A0%87%E7%AD%BE.yaml"
    assert place["region"] == {"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 8}


def test_github_annotations_are_one_line_each(sources: Sources) -> None:
    assert show(FOUND, "github", sources).splitlines() == [
        "::error file=a b/标签.yaml,line=2,col=4,endColumn=8,title=R3001 undefined-ref"
        "::'名' is, 100%25: wrong%0Ahelp: did you mean 'x'?",
        "::warning file=gone.yaml,line=9,col=1,title=R7002 unbounded-value::too long",
        "::notice file=gone.yaml,line=9,col=1,title=R7013 no-bash::no bash",
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_no_place_leads_out_of_the_folder(form: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret\n")
    folder = tmp_path / "project"
    folder.mkdir()
    found = [Diagnostic(Span("../secret", 1), "R1002", "outside-project", "leads out")]
    assert "secret\n" not in show(found, form, Sources(folder, {}, 1)).replace("../secret", "")
