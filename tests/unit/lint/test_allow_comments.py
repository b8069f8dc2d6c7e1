from __future__ import annotations

import pytest

from nestforge.lint.allow_comments import without_allowed
from nestforge.lint.check import check_template
from nestforge.model.diagnostic import Diagnostic, Span

TEMPLATE = """\
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties:
      CidrBlok: 10.0.0.0/8{comment}
"""


def codes(comment: str, before: str = "") -> list[tuple[int, str]]:
    text = TEMPLATE.format(comment=comment).replace("      CidrBlok", f"{before}      CidrBlok")
    return [(found.span.line, found.code) for found in check_template(text, "t.yaml")]


def test_without_a_comment_it_is_found() -> None:
    assert codes("") == [(6, "R3102")]


@pytest.mark.parametrize(
    ("comment", "before"),
    [
        (" # nestforge: allow unknown-property ROS takes it all the same", ""),
        (" # nestforge: allow undefined-ref,unknown-property reason", ""),
        (" # nestforge: allow undefined-ref, unknown-property reason", ""),
        (" # nestforge:allow unknown-property reason", ""),
        ("", "      # nestforge: allow unknown-property reason\n"),
        ("", "      # nestforge: allow unknown-property reason\n\n      # nestforge: allow unknown-property too\n"),
    ],
    ids=["end of line", "one of two", "with a blank", "without a blank", "line above", "lines above"],
)
def test_a_comment_allows_what_its_line_or_the_next_one_has(comment: str, before: str) -> None:
    assert [code for _, code in codes(comment, before) if code != "R1404"] == []


def test_what_is_wrong_with_a_comment_is_said_at_the_name() -> None:
    assert codes(" # nestforge: allow unknown-property") == [(6, "R1403")]
    assert codes(" # nestforge: allow undefined-ref reason") == [(6, "R3102"), (6, "R1404")]
    assert codes(" # nestforge: allow unknown-proprety reason") == [(6, "R3102"), (6, "R1402")]
    assert codes(" # nestforge: allow") == [(6, "R3102"), (6, "R1402")]
    assert codes("", "      # nestforge: allow unknown-property reason\n      Tags: []\n") == [
        (6, "R1404"),
        (8, "R3102"),
    ]


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("R3102 reason", ("'R3102' is the code of a rule, expected its name", "write 'unknown-property'")),
        ("undefined-ref, unknown-proprety x", ("there is no rule 'unknown-proprety'", "did you mean")),
        ("", ("this allows nothing: it names no rule", "write the name of a rule")),
    ],
)
def test_a_name_that_is_none_is_said_to_be_what_it_is(comment: str, said: tuple[str, str]) -> None:
    text = TEMPLATE.format(comment=f" # nestforge: allow {comment}")
    (found,) = [found for found in check_template(text, "t.yaml") if found.code == "R1402"]
    message, help = said
    assert (found.message, (found.help or "")[: len(help)]) == (message, help)
    assert text.split("\n")[5][found.span.column - 1 :].startswith(comment.rpartition(", ")[2].partition(" ")[0])


def test_a_file_that_cannot_be_read_allows_nothing() -> None:
    text = "# nestforge: allow invalid-yaml reason\na: [\n"
    assert [found.code for found in check_template(text, "t.yaml")] == ["R1101"]


@pytest.mark.parametrize(
    "line",
    [
        "{# nestforge: allow undefined-ref reason #}",
        "  {#- nestforge: allow undefined-ref reason -#}",
        "<!-- nestforge: allow undefined-ref reason -->",
        "# nestforge: allow undefined-ref reason",
    ],
)
def test_each_kind_of_file_has_its_comments(line: str) -> None:
    found = Diagnostic(Span("a.j2", 2), "R3001", "undefined-ref", "wrong")
    assert without_allowed([found], {"a.j2": f"{line}\nx\n"}, {"R3001": "undefined-ref"}) == []
