from __future__ import annotations

import pytest

from nestforge.lint.command_text import Command, commands_of
from nestforge.sources.compose import compose
from nestforge.sources.template import Template

HEAD = """\
Parameters:
  Engine: {Type: String, AllowedValues: [a, bbb]}
  Port: {Type: Number, MinValue: 1, MaxValue: 65535}
Conditions:
  Long: {"Fn::Equals": [a, {Ref: Engine}]}
Mappings:
  Texts:
    a: {Kind: one, Head: short}
    bbb: {Kind: two, Head: longer text}
  Kinds:
    one: {Text: "first\\n"}
    two: {Text: "2nd\\n"}
Resources:
  Handle: {Type: ALIYUN::ROS::WaitConditionHandle}
  Group: {Type: ALIYUN::ECS::InstanceGroup}
  Run:
    Type: ALIYUN::ECS::RunCommand
    Properties:
      Type: RunShellScript
      CommandContent:
"""


def command(content: str) -> Command:
    text = HEAD + "".join(f"        {line}\n" for line in content.splitlines())
    root = compose(text)
    assert root is not None
    (only,) = commands_of(Template("t.yaml", text, root))
    return only


def texts(content: str) -> list[str]:
    return [text.text for text in command(content).texts]


def sizes(content: str) -> list[int]:
    return [text.size for text in command(content).texts]


def test_each_choice_gives_a_text_and_choices_stay_together() -> None:
    content = """Fn::Join:
- '-'
- - Fn::FindInMap: [Texts, {Ref: Engine}, Head]
  - Fn::FindInMap: [Kinds, {"Fn::FindInMap": [Texts, {Ref: Engine}, Kind]}, Text]"""
    assert texts(content) == ["short-first\n", "longer text-2nd\n"]
    assert sizes(content) == [12, 16]


def test_both_branches_of_a_condition_are_texts() -> None:
    assert texts('{"Fn::If": [Long, yes, {Ref: ALIYUN::NoValue}]}') == ["yes", ""]


def test_the_size_is_the_largest_that_the_values_can_have() -> None:
    assert sizes('{"Fn::Sub": "${Engine}:${Port}"}') == [3 + 1 + 24]
    assert sizes('{"Fn::Base64Encode": {"Fn::Sub": "${Port}xx"}}') == [4 * 9]
    assert sizes('{"Fn::Select": [0, {"Fn::GetAtt": [Group, PrivateIps]}]}') == [15]
    assert sizes('{"Fn::GetAtt": [Handle, CurlCli]}') == [2048]
    assert sizes('{"Fn::Select": [1, [a, bb]]}') == [2]
    assert sizes('{"Fn::Sub": "${!Literal} 模"}') == [len("${Literal} 模".encode())]
    assert sizes("curl {{ computenest::file::x }}") == [len("curl ") + 1024]


def test_a_line_of_the_text_leads_to_its_line_in_the_template() -> None:
    first = HEAD.count("\n") + 1
    content = """Fn::Join:
- ''
- - Fn::Sub:
      - |
        one ${X}
        two
      - X: {"Fn::Base64Encode": {Ref: Engine}}
  - |
    three

    four
  - five"""
    (text,) = command(content).texts
    assert text.text.split("\n") == ["one QQ==", "two", "three", "", "four", "five"]
    assert text.lines == [first + 4, first + 5, first + 8, first + 9, first + 10, first + 11]


def test_many_choices_are_not_multiplied() -> None:
    conditions = "".join(f'{{"Fn::If": [C{i}, a, b]}}, ' for i in range(20))
    assert len(command(f'{{"Fn::Join": ["", [{conditions}x]]}}').texts) == 2


@pytest.mark.parametrize("written", ["&a [*a]", '&a {"Fn::Join": ["", [*a]]}', '&a {"Fn::Sub": ["${x}", {x: *a}]}'])
def test_a_command_that_holds_itself_comes_to_an_end(written: str) -> None:
    text = f"Resources: {{Run: {{Type: ALIYUN::ECS::RunCommand, Properties: {{CommandContent: {written}}}}}}}"
    root = compose(text)
    assert root is not None
    assert [command.texts[0].text for command in commands_of(Template("t.yaml", text, root))] == [""]
