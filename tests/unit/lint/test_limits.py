"""What makes a template too large: R3223, R3224, R3225, R3226 and R7019, on templates that are made here."""

from __future__ import annotations

import pytest

from nestforge.lint.check import check_template

HEAD = "ROSTemplateFormatVersion: '2015-09-01'\n"


def with_resources(count: int) -> str:
    return f"{HEAD}Resources:\n" + "".join(f"  R{n}: {{Type: ALIYUN::ROS::Sleep}}\n" for n in range(count))


def with_parameters(count: int) -> str:
    parameters = "".join(f"  P{n}: {{Type: String}}\n" for n in range(count))
    outputs = "".join(f"  O{n}: {{Value: {{Ref: P{n}}}}}\n" for n in range(count))
    return f"{HEAD}Parameters:\n{parameters}Outputs:\n{outputs}"


def with_bytes(count: int) -> str:
    template = f"{HEAD}Outputs:\n  A: {{Value: ''}}\n# "
    return template + "é" * ((count - len(template)) // 2) + "x" * ((count - len(template)) % 2)


def with_user_data(count: int) -> str:
    script = "#!/bin/bash\\n" + "x" * (count - 12)
    return f"""{HEAD}Resources:
  Host:
    Type: ALIYUN::ECS::Instance
    Properties:
      ImageId: m-1
      InstanceType: ecs.c6.large
      ZoneId: cn-hangzhou-h
      VpcId: vpc-1
      VSwitchId: vsw-1
      SecurityGroupId: sg-1
      UserData: "{script}"
"""


@pytest.mark.parametrize(
    ("template", "found"),
    [
        (with_resources(200), []),
        (with_resources(201), [(203, "R3224", "warning")]),
        (with_resources(300), [(203, "R3224", "warning")]),
        (with_resources(301), [(303, "R3223", "error")]),
        (with_parameters(200), []),
        (with_parameters(201), [(203, "R3225", "warning")]),
        (with_user_data(32 * 1024), []),
        (with_user_data(32 * 1024 + 1), [(12, "R7019", "error")]),
        (with_bytes(512 * 1024), []),
        (with_bytes(512 * 1024 + 1), [(1, "R3226", "error")]),
    ],
)
def test_a_limit_is_reported_from_the_first_too_many(template: str, found: list[tuple[int, str, str]]) -> None:
    assert [(d.span.line, d.code, d.severity) for d in check_template(template, "t.yaml")] == found
