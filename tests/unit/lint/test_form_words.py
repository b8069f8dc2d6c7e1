"""What most rules find in a template does not depend on its words, so that it is kept while these alone change."""

from __future__ import annotations

from pathlib import Path

import pytest

from nestforge.lint.form_words import _words, without_words
from nestforge.lint.registry import Row, first_rules, load, rows
from nestforge.sources.template import Template, load_template

RULES = Path(__file__).parents[2] / "rules"
OWN = Path(__file__).parents[2] / "snapshots/package/computenest/ros_templates/dual-ecs.yaml"
OTHERS = [(section, row) for section, row in rows() if row.subject == "template" and not row.words]
HOSTILE = (
    "{{ computenest::x }}",
    "${Nothing}",
    "密码",
    "password",
    "0.0.0.0/0",
    "ALIYUN::ECS::Instance",
    "{{{{",
    "Fn::Sub",
    "Ref: x",
    "LTAI5tAbCdEfGhIjKlMnOpQr",
    "sk-0123456789abcdefghijklmnopqrstuv",
    "docker run --privileged x",
    "curl http://example.com/x | bash",
    "vllm serve --nothing",
    "English words in a sentence",
    "$ALIYUN::Index",
    " ",
)
TURNS = 3
FORM = """ROSTemplateFormatVersion: '2015-09-01'
Description: {first}
Parameters:
  Zone:
    Type: String
    Label: {{en: {second}, zh-cn: 可用区}}
    Default: {kept}
Outputs:
  Zone:
    Description: {{Ref: Zone}}
    Value: {{Ref: Zone}}
"""


def with_other_words(template: Template, turn: int) -> str:
    """Return the text with other words, as long as those that are there: what follows them stays in its place."""
    lines = list(template.lines)
    for index, node in enumerate(_words(template), turn):
        start, end = node.start_mark, node.end_mark
        length = end.column - start.column
        written = lines[start.line][start.column : start.column + 1]
        if start.line == end.line and length > 2 and written not in "&!*|>":
            said = (HOSTILE[index % len(HOSTILE)] * length)[: length - 2]
            line = lines[start.line]
            lines[start.line] = f'{line[: start.column]}"{said}"{line[end.column :]}'
    return "\n".join(lines)


def templates_of(row: Row) -> list[Path]:
    return [*sorted((RULES / f"{row.code}_{row.name}").glob("*.yaml")), *sorted(RULES.glob("R[346]*/bad.yaml")), OWN]


@pytest.mark.parametrize(("section", "row"), OTHERS, ids=[row.code for _, row in OTHERS])
def test_a_rule_that_does_not_look_at_words_finds_the_same_whatever_they_say(section: str, row: Row) -> None:
    rule = load(section, row)
    for path in templates_of(row):
        template = load_template(path.read_text(encoding="utf-8"), path.name, [])
        if template is None or without_words(template) is None or any(r.check(template) for _, r in first_rules()):
            continue
        found = rule.check(template)
        for turn in range(TURNS):
            other = load_template(with_other_words(template, turn), path.name, [])
            assert other is not None
            assert without_words(other) == without_words(template)
            assert rule.check(other) == found


def form(first: str = "words", second: str = "words", kept: str = "value") -> str | None:
    template = load_template(FORM.format(first=first, second=second, kept=kept), "form.yaml", [])
    assert template is not None
    return without_words(template)


@pytest.mark.parametrize("said", ["other", '"other"', "'it''s'", "a longer one"])
def test_words_are_left_out(said: str) -> None:
    assert form(first=said) == form(second=said) == form()


@pytest.mark.parametrize("first", ["1", "&a words", "!Ref Zone", "{Ref: Zone}", "[words]", "|-\n  words"])
def test_what_is_no_plain_text_stays(first: str) -> None:
    assert form(first=first) != form()


def test_what_is_not_only_read_stays() -> None:
    assert form(kept="other") != form()
    assert "{Ref: Zone}" in str(form())


def test_words_that_stand_in_two_places_stay() -> None:
    assert form(first="&words {en: a}", second="*words") is None
