"""What `--fix` makes of the fixtures: each change mends its finding, and nothing else is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.rules.test_rules import FIXTURES

from nestforge.lint.apply_fixes import apply_fixes
from nestforge.lint.check import check_template
from nestforge.sources.compose import compose

if TYPE_CHECKING:
    from pathlib import Path

    from nestforge.model.diagnostic import Diagnostic

NAME = "template.yaml"
MENDED = {"R3102", "R3201", "R3205", "R3239", "R3301", "R4011", "R4034", "R4061", "R4063"}
HEAD = "ROSTemplateFormatVersion: '2015-09-01'\n"
PROPOSALS = [
    (fixture, number, found.code)
    for fixture in FIXTURES
    for number, found in enumerate(check_template(fixture.read_text(encoding="utf-8"), NAME))
    if found.edits
]


def mended(text: str, found: Diagnostic, folder: Path) -> str:
    (folder / NAME).write_text(text, encoding="utf-8")
    assert apply_fixes(str(folder), [found]) == {NAME: 1}
    return (folder / NAME).read_text(encoding="utf-8")


def test_the_rules_that_change_something_are_these() -> None:
    assert {code for _, _, code in PROPOSALS} == MENDED


@pytest.mark.parametrize(
    ("fixture", "number"), [(f, n) for f, n, _ in PROPOSALS], ids=[f"{f.stem}-{c}-{n}" for f, n, c in PROPOSALS]
)
def test_a_change_mends_its_finding_and_touches_no_other_line(fixture: Path, number: int, tmp_path: Path) -> None:
    text = fixture.read_text(encoding="utf-8")
    found = check_template(text, NAME)[number]
    after = mended(text, found, tmp_path)
    assert compose(after) is not None
    assert (found.span, found.code, found.message) not in [
        (d.span, d.code, d.message) for d in check_template(after, NAME)
    ]
    lines = {line for edit in found.edits for line in range(edit.span.line, edit.span.end_line + 1)}
    before_lines, after_lines = text.split("\n"), after.split("\n")
    assert len(before_lines) == len(after_lines)
    changed = {n for n, (a, b) in enumerate(zip(before_lines, after_lines, strict=True), 1) if a != b}
    assert changed == lines


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("R3201", "Output: {A: {Value: 1}}", "Outputs: {A: {Value: 1}}"),
        ("R3205", 'Resources: {W: {Type: ALIYUN::ROS::Sleep, "DepensOn": W}}', None),
        ("R3205", "Outputs: {A: {Value: 1, 'Lable': Lable}}", "Outputs: {A: {Value: 1, 'Label': Lable}}"),
        ("R3301", "Outputs: {A: {Value: !Joim ['', [Joim]]}}", "Outputs: {A: {Value: !Join ['', [Joim]]}}"),
        ("R3301", "Outputs: {A: {Value: {Fn::join: ['', [a]]}}}", "Outputs: {A: {Value: {Fn::Join: ['', [a]]}}}"),
        (
            "R3301",
            "Outputs:\n  A:\n    Value: !Joim\n    - ''\n    - [a]",
            "Outputs:\n  A:\n    Value: !Join\n    - ''\n    - [a]",
        ),
        ("R4061", "Description: {en: A, zn-cn: 一}", "Description: {en: A, zh-cn: 一}"),
        (
            "R4034",
            "Parameters: {A: {Type: String, AssociationPropertyMetadata: {visible: x}}}",
            "Parameters: {A: {Type: String, AssociationPropertyMetadata: {Visible: x}}}",
        ),
        ("R4063", "Description: {'en': 一个服务, zh-cn: A en}", "Description: {'zh-cn': 一个服务, en: A en}"),
    ],
)
def test_keys_are_spelt_anew_however_they_are_written(
    code: str, before: str, after: str | None, tmp_path: Path
) -> None:
    found = next(d for d in check_template(HEAD + before + "\n", NAME) if d.code == code)
    assert (
        mended(HEAD + before + "\n", found, tmp_path)
        == HEAD + (after or before.replace("DepensOn", "DependsOn")) + "\n"
    )


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("R3201", "Output: {A: {Value: 1}}\nOutputs: {}"),
        ("R3205", "Outputs: {A: {Value: 1, Lable: a, Label: b}}"),
        ("R3205", "Resources: {W: {Type: ALIYUN::ROS::Sleep, CreateDuration: 5}}"),
        ("R3301", "Outputs: {A: {Value: {Fn::Mix: [1]}}}"),
        ("R4011", "Parameters: {A: {Type: String, MixLength: 1}}"),
        ("R3205", "Outputs: {A: {Value: 1, Lable: a, Labell: b}}"),
        ("R4061", "Description: {en: A, zh: 一}"),
        ("R4061", "Description: {en: A, zn-cn: 一, zh-CN: 二}"),
        ("R4061", "Description: {en: A, zh-cn: 一, zh-CN: 二}"),
        ("R4063", "Description: {en: 一个服务, zh-cn: 一个服务}"),
    ],
    ids=str,
)
def test_nothing_is_proposed_where_it_is_not_sure_what_was_meant(code: str, text: str) -> None:
    found = [d for d in check_template(HEAD + text + "\n", NAME) if d.code == code]
    assert found
    assert not any(d.edits for d in found)
