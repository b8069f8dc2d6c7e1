"""A template while it is typed: which findings there are, and that nothing one asks ends badly."""

from __future__ import annotations

import random

import pytest
from tests.own_project import TEMPLATE, own_build
from tests.unit.lsp.marked import HEAD

from nestforge.lsp.document import Document
from nestforge.lsp.moved import line_after
from nestforge.lsp.spot import Position

COMMAND = """\
  Run:
    Type: ALIYUN::ECS::RunCommand
    Properties:
      Type: RunShellScript
      InstanceIds: [i-1]
      CommandContent: |
        if true; then
        echo {{mine}}
"""


def test_what_slow_rules_found_moves_with_its_line_and_goes_with_it() -> None:
    text = HEAD + COMMAND
    document = Document("template.yaml", text)
    first = {(found.code, found.span.line) for found in document.check()}
    assert first == {("R7011", 22), ("R7004", 22)}
    below = text.replace("Resources:\n", "Resources:\n\n\n")
    assert {(found.code, found.span.line) for found in document.change(below)} == {("R7011", 24), ("R7004", 24)}
    broken = below.replace("Mappings:", "Mappings")
    assert [found.code for found in document.change(broken)] == ["R1101"]
    assert {found.span.line for found in document.change(below)} == {24}
    assert document.change(below.replace("echo {{mine}}", "echo yes; fi")) == []


def test_the_slow_rules_run_again_on_saving() -> None:
    document = Document("template.yaml", HEAD + COMMAND.replace("echo {{mine}}", "echo yes; fi"))
    assert document.check() == []
    assert document.change(HEAD + COMMAND) == []
    assert {found.code for found in document.check()} == {"R7011", "R7004"}


@pytest.mark.parametrize(
    ("line", "old", "new", "after"),
    [
        (0, "a b c", "a b c", 0),
        (1, "a b c", "a x b c", 2),
        (2, "a b c", "a c", 1),
        (1, "a b c", "a c", None),
        (1, "a b c", "a x c", None),
        (0, "a b", "", None),
        (1, "x x x", "x x", 1),
    ],
)
def test_a_line_is_found_again_after_an_edit(line: int, old: str, new: str, after: int | None) -> None:
    assert line_after(line, old.split(), new.split()) == after


@pytest.mark.parametrize(
    "text",
    [
        "services:\n  web:\n    image: 'nginx\n",
        "Resources:\n  A: {Type: 'AWS::S3::Bucket', Nonsense: [}\n",
        '{"name": "package", "version": 1,}',
        "- a\n- b\n",
        "\0\x01\x02",
        "",
    ],
)
def test_other_files_are_left_alone(text: str) -> None:
    document = Document("file.yaml", text)
    assert document.check() == []
    assert document.change(text + "\n") == []
    assert document.hover(Position(0, 0)) is None


def test_windows_line_ends_change_no_place() -> None:
    text = HEAD + "Outputs:\n  Id: {Value: {Ref: Nobody}}\n"
    plain, windows = Document("t.yaml", text), Document("t.yaml", text.replace("\n", "\r\n"))
    assert plain.check() == windows.check() != []


@pytest.mark.parametrize("seed", range(3))
def test_anything_can_be_asked_anywhere_in_this_project_s_template(seed: int) -> None:
    chosen = random.Random(seed)
    lines = own_build().files[TEMPLATE].decode().split("\n")
    answers = 0
    for _ in range(20):
        row = chosen.randrange(len(lines))
        column = chosen.randrange(len(lines[row]) + 1)
        typed = [*lines[:row], lines[row][:column], *lines[row + 1 :]]
        document = Document("template.yaml", "\n".join(chosen.choice([lines, typed])))
        position = Position(row, min(column, len(document.template.lines[row])))
        answers += document.hover(position) is not None
        answers += document.definition(position) is not None
        answers += len(document.complete(position))
    assert answers
