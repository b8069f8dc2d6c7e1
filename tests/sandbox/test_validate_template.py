from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from alibabacloud_ros20190910.models import ValidateTemplateRequest
from tests.own_project import TEMPLATE as OWN_TEMPLATE
from tests.own_project import own_build
from tests.sandbox.official_sdk import REGION, TEMPLATE, Supplier, refused, ros_client

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import SandboxUnderTest

HEAD = "ROSTemplateFormatVersion: '2015-09-01'\n"
NETWORK = "Resources:\n  Network:\n    Type: ALIYUN::ECS::VPC\n"


@pytest.fixture
def validate(sandbox: SandboxUnderTest) -> Callable[..., Any]:
    client = ros_client(sandbox)
    return lambda **fields: client.validate_template(ValidateTemplateRequest(region_id=REGION, **fields)).body


def test_a_template_is_answered_by_what_it_asks_for_and_makes(validate: Callable[..., Any]) -> None:
    answer = validate(template_body=TEMPLATE)
    assert [p["ParameterKey"] for p in answer.parameters] == ["Password"]
    assert answer.parameters[0]["NoEcho"] is True
    assert answer.resource_types.resources == ["ALIYUN::ECS::VPC"]
    assert [(r.logical_resource_id_pattern, r.resource_type) for r in answer.resources] == [
        ("Network", "ALIYUN::ECS::VPC")
    ]
    assert [o.output_key for o in answer.outputs] == ["NetworkId"]


def test_json_is_taken_too(validate: Callable[..., Any]) -> None:
    template = {"ROSTemplateFormatVersion": "2015-09-01", "Resources": {"Network": {"Type": "ALIYUN::ECS::VPC"}}}
    assert validate(template_body=json.dumps(template)).resource_types.resources == ["ALIYUN::ECS::VPC"]


def test_an_uploaded_template_is_taken_by_its_address(validate: Callable[..., Any], sandbox: SandboxUnderTest) -> None:
    url = Supplier(sandbox).upload(TEMPLATE)
    assert validate(template_url=url).outputs[0].output_key == "NetworkId"
    assert refused(validate, template_url=f"{url}x") == ("TemplateNotFound", 404)
    assert refused(validate, template_url=url, template_body=TEMPLATE) == ("MissingTemplateBody", 400)
    assert refused(validate) == ("MissingTemplateBody", 400)


def test_this_projects_own_template_is_valid(validate: Callable[..., Any]) -> None:
    assert validate(template_body=own_build().files[OWN_TEMPLATE]).resources


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("a: [", "InvalidSchema"),
        ("just text", "InvalidSchema"),
        ("\t", "InvalidSchema"),
        ("[" * 200_000, "InvalidSchema"),
        (f"{HEAD}{NETWORK}    Properties: {'[' * 201}{']' * 201}\n", "InvalidSchema"),
        (f"{HEAD}{NETWORK}Description: {'x' * 524_288}", "InvalidSchema"),
        (NETWORK, "InvalidTemplateVersion"),
        (f"ROSTemplateFormatVersion: '2015-09-02'\n{NETWORK}", "InvalidTemplateVersion"),
        (HEAD, "InvalidTemplateSection"),
        (f"{HEAD}Resources: {{}}\n", "InvalidTemplateSection"),
        (f"{HEAD}Resources: [Network]\n", "InvalidTemplateSection"),
        (f"{HEAD}{NETWORK}Outputz: {{}}\n", "InvalidTemplateSection"),
        (f"{HEAD}{NETWORK}Parameters: {{Zone: text}}\n", "InvalidTemplateSection"),
        (f"{HEAD}{NETWORK}Parameters: {{Zone: {{Type: Text}}}}\n", "InvalidSchema"),
        (f"{HEAD}Resources: {{Network: {{}}}}\n", "InvalidSchema"),
        (f"{HEAD}{NETWORK}Outputs: {{Id: {{Description: x}}}}\n", "InvalidSchema"),
        (f"{HEAD}{NETWORK}    DependsOn: Absent\n", "InvalidTemplateReference"),
        (f"{HEAD}{NETWORK}    DependsOn: [Network, Absent]\n", "InvalidTemplateReference"),
        (f"{HEAD}{NETWORK}    Condition: Absent\n", "InvalidTemplateReference"),
        (f"{HEAD}{NETWORK}    Properties: {{CidrBlock: {{Ref: Absent}}}}\n", "InvalidTemplateReference"),
        (f"{HEAD}{NETWORK}    Properties: {{CidrBlock: !Ref Absent}}\n", "InvalidTemplateReference"),
        (f"{HEAD}{NETWORK}Outputs: {{Id: {{Value: {{'Fn::GetAtt': [Absent, Id]}}}}}}\n", "InvalidTemplateReference"),
        (f"{HEAD}{NETWORK}Outputs: {{Id: {{Value: !GetAtt Absent.Id}}}}\n", "InvalidTemplateReference"),
        (f"{HEAD}{NETWORK}Outputs: {{Id: {{Value: !Sub 'x ${{Absent}}'}}}}\n", "InvalidTemplateReference"),
        (f"{HEAD}{NETWORK}Outputs: {{Id: {{Value: !Sub 'x ${{Absent.Id}}'}}}}\n", "InvalidTemplateReference"),
        (f"{HEAD}{NETWORK}Conditions: {{Big: !Equals [!Ref Absent, x]}}\n", "InvalidTemplateReference"),
    ],
)
def test_what_is_wrong_is_refused(validate: Callable[..., Any], template: str, code: str) -> None:
    assert refused(validate, template_body=template) == (code, 400)


@pytest.mark.parametrize(
    "value",
    [
        "!Ref ALIYUN::StackId",
        "!Sub '${!Literal} ${ALIYUN::Region} ${Network} ${Network.VpcId}'",
        "!Sub ['${Given}', {Given: !Ref Network}]",
        "!Join ['-', [a, !Select [0, !GetAZs x]]]",
        "!If [Big, 2024-01-01, x]",
        "'text ${Absent}'",
    ],
)
def test_what_is_right_is_accepted(validate: Callable[..., Any], value: str) -> None:
    conditions = "Conditions: {Big: !Equals [a, b]}\n"
    validate(template_body=f"{HEAD}{NETWORK}{conditions}Outputs:\n  Id: {{Condition: Big, Value: {value}}}\n")
