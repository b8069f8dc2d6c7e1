"""A document that is nested without end is refused at its place, before a parser in C runs out of stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from yaml import MarkedYAMLError

from nestforge.lint.check import check_template
from nestforge.sources.compose import DEEPEST, compose
from nestforge.sources.yaml_file import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.model.diagnostic import Diagnostic

SHAPES: dict[str, Callable[[int], str]] = {
    "lists": lambda depth: "a: " + "[" * depth + "]" * depth,
    "mappings": lambda depth: "a: " + "{b: " * depth + "1" + "}" * depth,
    "dashes": lambda depth: "- " * depth + "a",
    "questions": lambda depth: "? " * depth + "a",
    "indentation": lambda depth: "\n".join(" " * level + "a:" for level in range(depth)),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_bottomless_document_is_refused(shape: str) -> None:
    with pytest.raises(MarkedYAMLError, match=f"nested more than {DEEPEST} levels deep"):
        compose(SHAPES[shape](100_000 if shape != "indentation" else DEEPEST + 2))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_deep_one_is_read(shape: str) -> None:
    assert compose(SHAPES[shape](DEEPEST - 10)) is not None


def test_brackets_in_text_are_not_nesting() -> None:
    assert compose("a: '" + "[" * 10_000 + "'\nb: 1 # " + "{" * 10_000) is not None


def test_it_is_reported_where_it_becomes_too_deep() -> None:
    report: list[Diagnostic] = []
    assert parse_yaml("a:\n  " + "[" * 9999 + "]" * 9999, "service/service.yaml", report) is None
    assert [(d.code, d.span.line, d.span.column) for d in report] == [("R1101", 2, 2 + DEEPEST)]


@pytest.mark.parametrize("text", ["just words\n", "- a\n", "a: 1\n", "# nothing\n"])
def test_a_file_that_is_no_template_is_said_to_be_none(text: str) -> None:
    assert [(d.code, d.name) for d in check_template(text, "x.yaml")] == [("R1204", "not-a-template")]


def test_an_anchor_that_is_used_often_is_reported_once() -> None:
    report: list[Diagnostic] = []
    assert parse_yaml("a: &x [1]\nb: [*x, *x, *x]\n", "f.yaml", report) is None
    assert [(d.code, d.span.line) for d in report] == [("R1103", 1)]
