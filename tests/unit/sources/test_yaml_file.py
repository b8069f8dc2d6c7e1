from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nestforge.sources.yaml_file import parse_yaml

if TYPE_CHECKING:
    from nestforge.model.diagnostic import Diagnostic


def findings(text: str) -> list[tuple[int, int, str]]:
    report: list[Diagnostic] = []
    assert parse_yaml(text, "f.yaml", report) is None
    return [(d.span.line, d.span.column, d.code) for d in report]


def test_values_and_their_places() -> None:
    file = parse_yaml("a: 1\nb:\n  - 2015-09-01\n  - {c: 0.5, d: null, e: true}\n", "f.yaml", [])
    assert file is not None
    assert file.data == {"a": 1, "b": ["2015-09-01", {"c": 0.5, "d": None, "e": True}]}
    assert (file.span("b", 1, "c").line, file.span("b", 1, "c").column) == (4, 9)
    assert (file.key_span("b").line, file.key_span("b").column) == (2, 1)
    assert file.span("b", 7, "x").line == 3  # the nearest value around what is not there


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n\tb: 1\n", [(2, 1, "R1101")]),
        ("a: 1\nb: 2\na: 3\n", [(3, 1, "R1102")]),
        ("a: &x [1]\nb: *x\n", [(1, 4, "R1103")]),
        ("a: yes\n", [(1, 4, "R1104")]),
        ("a: [1\n", [(2, 1, "R1101")]),
        ("# nothing\n", [(1, 1, "R1004")]),
        ("a: 1:30\n", [(1, 4, "R1101")]),
        ("a: 1\n---\nb: 2\n", [(2, 1, "R1101")]),
        ("a: seen in vllm#1, #2\n", [(1, 4, "R1105")]),
        ("a:\n  - b #2)\n  - {c: d #e\n     }\n", [(2, 5, "R1105"), (3, 9, "R1105")]),
    ],
)
def test_what_is_refused_and_where(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert findings(text) == expected


def test_character_that_yaml_does_not_allow() -> None:
    report: list[Diagnostic] = []
    assert parse_yaml("a: é\nb: x\x7f\n", "f.yaml", report) is None
    assert str(report[0]).startswith("f.yaml:2:5: error[R1101] the character U+007F")


@pytest.mark.parametrize(
    ("text", "line"), [("a: !Base64Encode !Sub x\nb: 1\n", 1), ("a: !Not\n  !Equals [b, c]\nd: 1\n", 2)]
)
def test_a_short_tag_around_another_is_called_that(text: str, line: int) -> None:
    report: list[Diagnostic] = []
    assert parse_yaml(text, "f.yaml", report) is None
    assert str(report[0]).startswith(f"f.yaml:{line}:")
    assert "short tag" in report[0].message


@pytest.mark.parametrize(
    "text", ["a: b # c\n", "a: b #!c\n", "a: 'b' #c\n", "a: b#c\n", "#a\nb: c\n", "a: |\n  b #c\n"]
)
def test_a_comment_that_is_meant_is_none_of_it(text: str) -> None:
    report: list[Diagnostic] = []
    assert parse_yaml(text, "f.yaml", report) is not None
    assert report == []
