"""While somebody types, most of what was found is kept: it is what a check of the whole text finds, edit after edit."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.own_project import TEMPLATE, own_build

from nestforge.lint.check import check_loaded
from nestforge.lsp.document import Document
from nestforge.sources import template as templates
from nestforge.sources.calls import calls_below
from nestforge.sources.template import load_template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.model.diagnostic import Diagnostic
    from nestforge.sources.calls import Call

RULES = Path(__file__).parents[2] / "rules"
WORD = re.compile(r"[\w:.${}-]+")
STRAY = ["{", "]", '"', "'", ":", "- ", "# ", "&a ", "*a", "\t", "!Ref ", "  ", "Fn::If", "Count: 2", "Condition: IsX"]
CHOICES = """ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Public: {Type: Boolean, Default: false}
  Charge: {Type: String, AllowedValues: [PayByTraffic, PayByBandwidth], Default: PayByTraffic}
  Size: {Type: Number, Default: 5}
Mappings:
  Plans:
    small: {Bandwidth: 5, Charge: PayByTraffic}
    large: {Bandwidth: 900, Charge: PayByHour}
Conditions:
  IsPublic: {"Fn::Equals": [{Ref: Public}, true]}
  IsPrivate: {"Fn::Not": [{Condition: IsPublic}]}
  IsBoth: {"Fn::And": [{Condition: IsPublic}, {Condition: IsPrivate}]}
Resources:
  Eip:
    Type: ALIYUN::VPC::EIP
    Condition: IsPublic
    Properties:
      InternetChargeType: {"Fn::FindInMap": [Plans, large, Charge]}
      Bandwidth: {"Fn::If": [IsBoth, nothing, {Ref: Size}]}
  Net:
    Type: ALIYUN::ECS::VPC
    Properties:
      CidrBlock: 10.0.0.0/8
      VpcName: {"Fn::Sub": "net-${ALIYUN::StackName}-${Eip.EipAddress}"}
  Late:
    Type: ALIYUN::ECS::VSwitch
    DependsOn: Eip
    Properties:
      VpcId: {Ref: Net}
      ZoneId: {"Fn::Select": [0, {"Fn::GetAZs": {Ref: "ALIYUN::Region"}}]}
      CidrBlock: {"Fn::If": [IsPublic, 10.0.0.0/16, 10.1.0.0/16]}
Outputs:
  Address:
    Value: {"Fn::GetAtt": [Eip, EipAddress]}
  Charge:
    Condition: IsPublic
    Value: {"Fn::FindInMap": [Plans, {Ref: Charge}, Charge]}
"""

SECRETS = """ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  # the buyer may leave it
  Password:
    Type: String
    Label: {en: Password, zh-cn: 密码}
    NoEcho: true
    Default: Abc12345
  Size: {Type: Number, Default: 5}
Resources:
  Host:
    Type: ALIYUN::ECS::Instance
    Properties:
      ImageId: centos_7
      InstanceType: ecs.g6.large
      Password: {Ref: Password}
      InternetMaxBandwidthOut: {Ref: Sizes}
  Other:
    Type: ALIYUN::ECS::Instance
    Properties:
      ImageId: {Ref: Size}
      InstanceTyp: ecs.g6.large
      Password: Abc12345

Outputs:
  Password:
    Value: {Ref: Password}
  Address:
    Value: {"Fn::GetAtt": [Other, PublicIpp]}
"""


def texts() -> Iterator[tuple[str, int]]:
    """Yield templates, and how many edits each is put through."""
    yield own_build().files[TEMPLATE].decode(), 40
    yield CHOICES, 250
    yield SECRETS, 80
    for path in [*sorted(RULES.glob("R[349]*/good.yaml"))[::25], *sorted(RULES.glob("R[349]*/bad.yaml"))[::12]]:
        yield path.read_text(encoding="utf-8"), 40


def edited(text: str, chosen: random.Random) -> str:
    """Return the text with one word as another one of it, with some lines more or less, or with a stray sign."""
    lines = text.split("\n")
    at = chosen.randrange(len(lines))
    words = list(WORD.finditer(lines[at]))
    what = chosen.randrange(12)
    if what < 5 and words:
        old, new = chosen.choice(words), chosen.choice(WORD.findall(text))
        lines[at] = lines[at][: old.start()] + new + lines[at][old.end() :]
    elif what == 5:
        cut = chosen.randrange(len(lines[at]) + 1)
        lines[at] = lines[at][:cut] + chosen.choice(STRAY) + lines[at][cut:]
    elif what == 6:
        lines.insert(at, lines[chosen.randrange(len(lines))])
    elif what == 7:
        del lines[at]
    elif what == 8:
        lines[at:at] = [""] * chosen.randrange(1, 4)
    elif what == 9:
        lines.insert(at, " " * (len(lines[at]) - len(lines[at].lstrip())) + "# said here")
    elif what == 10:
        del lines[at : at + chosen.randrange(1, 6)]
    else:
        first = chosen.randrange(len(lines))
        lines[at:at] = lines[first : first + chosen.randrange(1, 6)]
    return "\n".join(lines)


def full_check(text: str) -> list[Diagnostic]:
    """Return what all rules but the slow ones find in the whole text."""
    report: list[Diagnostic] = []
    template = load_template(text, "t.yaml", report)
    return report if template is None else check_loaded(template, typing=True)


def shown(findings: list[Diagnostic]) -> list[tuple[object, ...]]:
    """Return what an editor shows: of a finding on several lines, the first one."""
    return [(found.span.line, found.span.column, *found[1:]) for found in findings]


@pytest.mark.parametrize(("number", "text", "edits"), [(number, *given) for number, given in enumerate(texts())])
def test_what_is_found_while_typing_is_what_a_full_check_finds(number: int, text: str, edits: int) -> None:
    chosen = random.Random(number)
    document, typed, readable = Document("t.yaml", text), text, 0
    for _ in range(edits):
        before, typed = typed, edited(typed, chosen)
        found = document.change(typed)
        wanted = full_check(typed)
        if "ROSTemplateFormatVersion:" not in typed or [each.code for each in wanted] == ["R1204"]:
            typed = before  # what is no template is for the editor alone to judge
            continue
        assert shown(found) == shown(wanted)
        if any(each.code == "R1101" for each in found):
            typed = before  # as whoever takes back what broke the file
        else:
            readable += 1
    assert readable > edits // 4


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Charge: PayByHour", "Charge: PayByTraffic"),
        ("Default: 5", "Default: 5x"),
        ('"Fn::And"', '"Fn::Or"'),
        ("  Net:\n", "  Net:\n    Count: 2\n"),
        ("    Condition: IsPublic\n    Properties", "    Condition: IsPrivate\n    Properties"),
        ("  Net:", "  Nets:"),
        ("  Size: {", "  Sizes: {"),
        ("ALIYUN::VPC::EIP", "ALIYUN::ECS::VPC"),
    ],
)
def test_what_changes_in_one_part_counts_in_the_others(old: str, new: str) -> None:
    document = Document("t.yaml", CHOICES)
    before = document.check()
    typed = CHOICES.replace(old, new, 1)
    assert shown(document.change(typed)) == shown(full_check(typed))
    assert {found.message for found in full_check(typed)} != {found.message for found in before}
    assert shown(document.change(CHOICES)) == shown(full_check(CHOICES))


@pytest.mark.parametrize("text", [CHOICES, SECRETS], ids=["choices", "secrets"])
def test_lines_more_or_less_move_what_is_below_them(text: str) -> None:
    document, lines = Document("t.yaml", text), text.split("\n")
    document.check()
    for at in range(len(lines)):
        for added in ([""], ["", ""], [lines[at]]):
            typed = "\n".join([*lines[:at], *added, *lines[at:]])
            if not [found for found in full_check(typed) if found.code == "R1101"]:
                assert shown(document.change(typed)) == shown(full_check(typed))
        assert shown(document.change(text)) == shown(full_check(text))


def test_a_text_of_a_parameter_leaves_what_its_default_is() -> None:
    document = Document("t.yaml", SECRETS)
    document.check()
    typed = SECRETS.replace("en: Password", "en: Secret")
    assert shown(document.change(typed)) == shown(full_check(typed))


def test_a_new_line_looks_for_calls_in_no_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document("t.yaml", CHOICES)
    document.check()
    monkeypatch.setattr(templates, "calls_below", None)
    assert document.change("\n\n" + CHOICES)


def test_a_keystroke_looks_for_calls_in_the_part_that_it_is_in_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []

    def counted(root: Node | None, section: str = "", owner: str = "", *more: object) -> Iterator[Call]:
        searched.append(f"{section}.{owner}")
        return calls_below(root, section, owner, *more)  # type: ignore[arg-type]  # handed on as they come

    monkeypatch.setattr(templates, "calls_below", counted)
    document = Document("t.yaml", CHOICES)
    document.check()
    searched.clear()
    document.change(CHOICES.replace("10.0.0.0/8", "10.0.0.0/9"))
    assert set(searched) == {"Resources.Net"}


def test_a_bound_that_is_met_is_met_as_in_a_full_check() -> None:
    conditions = "".join(f'  C{n}: {{"Fn::Equals": [{{Ref: P{n}}}, {n}]}}\n' for n in range(40))
    every = ", ".join(f"{{Condition: C{n}}}" for n in range(40))
    parameters = "".join(f"  P{n}: {{Type: String, AllowedValues: ['{n}', a, b]}}\n" for n in range(40))
    uses = "".join(f'      P{n}: {{"Fn::If": [C{n}, {{"Fn::If": [All, a, b]}}, c]}}\n' for n in range(40))
    resources = "".join(
        f"  R{n}:\n    Type: ALIYUN::ECS::Instance\n    Properties:\n"
        f'      ImageId: {{"Fn::If": [C{n}, {{"Fn::If": [All, a, b]}}, c]}}\n'
        f"      InstanceChargeType: {{Ref: P{n}}}\n"
        for n in range(40)
    )
    text = (
        "ROSTemplateFormatVersion: '2015-09-01'\n"
        f'Parameters:\n{parameters}Conditions:\n{conditions}  All: {{"Fn::And": [{every}]}}\nResources:\n{resources}'
        f"Outputs:\n  Uses:\n    Value:\n{uses}"
    )
    document = Document("t.yaml", text)
    for line in ("      ZoneId: z", "      ZoneId: {Ref: P3}"):
        typed = text.replace("InstanceChargeType: {Ref: P7}", "InstanceChargeType: {Ref: P7}\n" + line)
        assert shown(document.change(typed)) == shown(full_check(typed))
