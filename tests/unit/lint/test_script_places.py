"""Where in a line the findings about scripts stand, and what a shell's `${…}` in Fn::Sub is to be written as."""

from __future__ import annotations

import pytest

from nestforge.lint.check import check_template
from nestforge.lint.line_places import place_in_line
from nestforge.model.diagnostic import Diagnostic, Span

HEAD = """\
ROSTemplateFormatVersion: '2015-09-01'
Parameters: {Password: {Type: String, NoEcho: true}}
Resources:
  Run:
    Type: ALIYUN::ECS::RunCommand
    Properties:
      InstanceIds: [i-1]
      Type: RunShellScript
      CommandContent:
        Fn::Sub: |
"""


def found(code: str, *lines: str) -> Diagnostic:
    text = HEAD + "".join(f"          {line}\n" for line in lines)
    (one,) = [found for found in check_template(text, "t.yaml") if found.code == code]
    return one


@pytest.mark.parametrize(
    ("code", "lines", "words"),
    [
        ("R7006", ("echo a \\ # it", "  --b"), "\\ # it"),
        ("R7006", ("echo a \\", "  # it", "  --b"), "# it"),
        ("R7006", ("echo a \\", "", "  --b"), "\\"),
        ("R7009", ("login x ${Password}",), "${Password}"),
    ],
)
def test_a_finding_stands_at_the_words_that_are_wrong(code: str, lines: tuple[str, ...], words: str) -> None:
    span = found(code, *lines).span
    number = span.line - HEAD.count("\n") - 1
    assert lines[number][span.column - 11 : span.end_column - 11] == words


def test_what_bash_says_stands_where_the_line_begins() -> None:
    assert found("R7011", "fi").span == Span("t.yaml", 11, 11)


def test_an_empty_line_has_one_place() -> None:
    assert place_in_line("t.yaml", 3, "") == Span("t.yaml", 3, 1)


@pytest.mark.parametrize("name", ["HOST:-x", "#HOST", "arr[0]", "HOST%.*", "Password:-x", ""])
def test_what_only_a_shell_can_fill_in_is_escaped(name: str) -> None:
    assert found("R3006", f"echo ${{{name}}}").help == f"for a shell, write '${{!{name}}}'"


def test_a_name_is_a_near_miss_or_a_shell_s() -> None:
    assert found("R3006", "echo '${Pasword}'").help == "did you mean 'Password'?"
    assert found("R3006", "echo ${HOST}").help == "for a shell, write '$HOST' or '${!HOST}'"


RULES = """\
  Group:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      VpcId: vpc-1
      SecurityGroupIngress: [{IpProtocol: tcp, PortRange: 80/80, SourceCidrIp: 10.0.0.0/8}]
"""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("docker run -d -p 8000:8000 image", "8000:8000"),
        ("docker run -p 7000-7002:7000-7002 image", "7000-7002:7000-7002"),
        ("nohup vllm serve /model", "vllm"),
    ],
)
def test_a_closed_port_is_shown_where_the_script_says_it(line: str, words: str) -> None:
    text = HEAD.replace("  Run:\n", f"{RULES}  Run:\n") + f"          {line}\n"
    (span,) = [found.span for found in check_template(text, "t.yaml") if found.code == "R7045"]
    assert line[span.column - 11 : span.end_column - 11] == words


@pytest.mark.parametrize(("code", "flags"), [("R7040", "--num-gpus 8"), ("R7042", "")])
def test_a_start_of_ray_is_shown_where_it_is_called(code: str, flags: str) -> None:
    first = f"{HEAD}          echo vllm; ray start --head --node-ip-address=$IP {flags}\n"
    other = HEAD[HEAD.index("  Run:") :].replace("Run:", "Other:", 1)
    line = "          ray start --address=$HEAD:6379 --node-ip-address=$IP"
    spans = [found.span for found in check_template(f"{first}{other}{line}\n", "t.yaml") if found.code == code]
    assert all(span.end_column - span.column == len("ray start") for span in spans)
    assert spans[-1].column == 11
