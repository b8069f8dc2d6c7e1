"""`nestforge evaluate` as it is typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nestforge.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TEMPLATE = """\
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Zone: {Type: String, Label: {en: Zone, zh-cn: 可用区}}
  Password: {Type: String, NoEcho: true, MinLength: 8, Default: ''}
Conditions:
  InChina: {Fn::Equals: [cn-hangzhou, {Ref: ALIYUN::Region}]}
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Condition: InChina
    Properties: {VpcName: {Fn::Sub: 'vpc-${ALIYUN::StackName}-${Zone}'}}
Outputs:
  Id: {Label: The VPC, Condition: InChina, Value: {Ref: Vpc}}
  Login: {Value: {Fn::Sub: 'root:${Password}'}}
"""


def run(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    (folder / "t.yaml").write_text(TEMPLATE, "utf-8")
    code = main(["evaluate", str(folder / "t.yaml"), *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(tmp_path, capsys, "-p", "Zone=z", "-p", "Password=opensesame")
    assert (code, err) == (0, "")
    assert out == (
        "conditions\n"
        "  InChina: true  <- ALIYUN::Region\n"
        "\n"
        "resources, in the order of creation\n"
        "  1. Vpc (ALIYUN::ECS::VPC)\n"
        "     VpcName: vpc-(known after creation: ALIYUN::StackName)-z  <- ALIYUN::StackName, parameter Zone\n"
        "\n"
        "outputs\n"
        "  Id (The VPC): (known after creation: Vpc)  <- resource Vpc\n"
        "  Login: root:****  <- parameter Password\n"
    )


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("-p", "Zone=z", "-p", "ALIYUN::StackName=mine", "--json", "--region", "cn-beijing")
    code, out, _ = run(tmp_path, capsys, *arguments)
    result = json.loads(out)
    assert code == 0
    assert result["schema"] == 1
    assert result["conditions"]["InChina"] == {"value": False, "origin": "t.yaml:6:12", "through": ["ALIYUN::Region"]}
    assert result["left_out"] == {"Vpc": "InChina"}
    assert list(result["outputs"]) == ["Login"]
    assert result["findings"] == []


def test_json_of_what_is_not_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(tmp_path, capsys, "-p", "Zone=z", "--json")
    assert json.loads(out)["outputs"]["Id"] == {
        "label": "The VPC",
        "description": None,
        "unknown": "string",
        "of": "Vpc",
        "text": "(known after creation: Vpc)",
        "faulty": False,
        "origin": "t.yaml:13:57",
        "through": ["resource Vpc"],
    }


def test_faults_make_the_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(tmp_path, capsys, "-p", "Password=sesame", "--locale", "zh-cn")
    assert code == 1
    assert "vpc-" in out
    assert "t.yaml:3:3: error[R2102] 可用区 (Zone)：请填写此参数" in err
    assert "error[R2106] Password 的值为 '****'：长度至少为 8" in err
    assert "sesame" not in out + err


def test_faults_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(tmp_path, capsys, "-p", "Zoen=z", "--json")
    assert (code, err) == (1, "")
    assert [finding["code"] for finding in json.loads(out)["findings"]] == ["R2102", "R2101"]


def test_no_template(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.yaml").write_text("a: [", "utf-8")
    assert main(["evaluate", str(tmp_path / "x.yaml")]) == 1
    assert "error[R1101]" in capsys.readouterr().err
    assert main(["evaluate", str(tmp_path / "none.yaml"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["findings"][0]["code"] == "R1001"


def test_only_pseudo_parameters_that_ros_has_can_be_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(tmp_path, capsys, "-p", "ALIYUN::StackNam=x")
    assert (code, err.splitlines()) == (
        2,
        [
            "error: 'ALIYUN::StackNam' is no pseudo parameter that can be given",
            "  help: did you mean 'ALIYUN::StackName'?",
        ],
    )
    code, _, err = run(tmp_path, capsys, "-p", "ALIYUN::Index=1")
    assert code == 2
    assert "known: ALIYUN::AccountId, ALIYUN::Region" in err


def test_value_without_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(tmp_path, capsys, "-p", "opensesame")
    assert code == 2
    assert "opensesame" not in err


def test_text_does_nothing_to_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = (
        'Resources: {"R\\e": {Type: "T\\e[31m", Properties: {A: "\\e[2J", B: "\\u202Ex", C: {Fn::Length: "\\a"}}}}\n'
    )
    (tmp_path / "x.yaml").write_text(hostile + 'Outputs: {"\\e": {Value: {Fn::Cidr: ["\\e", 1, 8]}}}\n', "utf-8")
    assert main(["evaluate", str(tmp_path / "x.yaml")]) == 1
    captured = capsys.readouterr()
    assert not {"\x1b", "\x07", "\u202e"} & set(captured.out + captured.err)
    assert "A: \\u001b[2J" in captured.out


def test_quiet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, capsys, "-q", "-p", "Zone=z") == (0, "", "")


def test_what_the_form_fills_in_is_evaluated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = """\
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Kind: {Type: String, Default: large}
  Size:
    Type: Number
    AssociationPropertyMetadata:
      Value:
        - {Condition: {Fn::Equals: ['${Kind}', large]}, Value: 40}
        - {Condition: {Fn::Equals: ['${Kind}', small]}, Value: 20}
  Disk:
    Type: String
    Default: none
    AssociationPropertyMetadata:
      Value: [{Condition: {Fn::Equals: ['${Size}', 40]}, Value: fast}]
Outputs:
  Made: {Value: {Fn::Sub: '${Size} ${Disk}'}}
"""
    (tmp_path / "t.yaml").write_text(text, "utf-8")
    found = []
    for arguments in ([], ["-p", "Kind=small"], ["-p", "Size=40", "-p", "Kind=small"], ["-p", "Kind=other"]):
        main(["evaluate", str(tmp_path / "t.yaml"), "--json", *arguments])
        result = json.loads(capsys.readouterr().out)
        found.append((result["outputs"]["Made"].get("value"), [each["code"] for each in result["findings"]]))
    assert found == [("40 fast", []), ("20 none", []), ("40 fast", []), (None, ["R2102"])]
