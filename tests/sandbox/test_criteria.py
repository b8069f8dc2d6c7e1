from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.own_project import TEMPLATE as OWN_TEMPLATE
from tests.own_project import own_build
from tests.sandbox.official_sdk import Supplier, deploy_metadata

if TYPE_CHECKING:
    from tests.conftest import SandboxUnderTest

SECRET = "NoEcho: true, AllowedPattern: '[a-z]+'"


def issues_of(sandbox: SandboxUnderTest, template: str) -> list[tuple[str, str]]:
    supplier = Supplier(sandbox)
    service_id = supplier.draft(deploy_metadata=deploy_metadata(supplier.upload(template)))
    answer = supplier.get_service_template_criterion_issues(service_id=service_id, service_version="draft")
    (listed,) = answer.template_criterion_issue_list
    found = [(issue.position, issue.type) for issue in listed.criterion_issues]
    assert {issue.level for issue in listed.criterion_issues} <= {"Mandatory"}
    assert answer.total_mandatory_criterion_issue_count == len(found) == listed.total_criterion_issue_count
    assert answer.risky_template_count == bool(found)
    return found


@pytest.mark.parametrize(
    ("parameter", "types"),
    [
        (f"InstancePassword: {{Type: String, {SECRET}}}", []),
        (f"InstancePassword: {{Type: String, {SECRET}, Default: ''}}", []),
        (f"InstancePassword: {{Type: String, {SECRET}, Default: abc}}", ["SecretHasDefault"]),
        ("InstancePassword: {Type: String, AllowedPattern: '[a-z]+'}", ["SecretIsEchoed"]),
        ("InstancePassword: {Type: String, NoEcho: true}", ["SecretWithoutPattern"]),
        (
            "Login: {Type: String, AssociationProperty: 'ALIYUN::ECS::Instance::Password'}",
            ["SecretIsEchoed", "SecretWithoutPattern"],
        ),
        ("InstancePassword: {Type: 'ALIYUN::OOS::SecretParameter::Value'}", []),
        ("AllowedCidr: {Type: String}", []),
        ("AllowedCidr: {Type: String, Default: ''}", []),
        ("SshCidr: {Type: String, Default: 0.0.0.0/0}", ["SourceCidrHasDefault"]),
        ("VpcCidrBlock: {Type: String, Default: 10.0.0.0/8}", []),
        ("AccessKeyId: {Type: String}", ["AsksForCredentials"]),
        ("SecretKey: {Type: String}", ["AsksForCredentials"]),
        ("ApiKey: {Type: String, Default: ''}", []),
    ],
)
def test_parameters_are_held_against_the_criteria(sandbox: SandboxUnderTest, parameter: str, types: list[str]) -> None:
    name = parameter.partition(":")[0]
    template = f"""\
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  {parameter}
Resources:
  Network:
    Type: ALIYUN::ECS::VPC
    Properties:
      CidrBlock: !If [New, !Ref VpcCidrBlock, x]
"""
    expected = [(f"Parameters.{name}", kind) for kind in types]
    assert issues_of(sandbox, template) == expected


@pytest.mark.parametrize(
    ("ports", "source", "is_open"),
    [
        ("22/22", "0.0.0.0/0", True),
        ("1/65535", "0.0.0.0/0", True),
        ("-1/-1", "0.0.0.0/0", True),
        ("6379/6379", "0.0.0.0/0", True),
        ("8000/9000", "0.0.0.0/0", True),
        ("8000/8000", "0.0.0.0/0", False),
        ("22/22", "10.0.0.0/8", False),
        ("22/22", "{Ref: Cidr}", False),
        ("22/22", "{'Fn::If': [Public, 0.0.0.0/0, 10.0.0.0/8]}", True),
    ],
)
def test_no_port_of_the_machine_is_open_to_the_world(
    sandbox: SandboxUnderTest, ports: str, source: str, is_open: bool
) -> None:
    template = f"""\
ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Firewall:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - {{PortRange: {ports}, SourceCidrIp: {source}, IpProtocol: tcp}}
      SecurityGroupEgress:
        - {{PortRange: -1/-1, DestCidrIp: 0.0.0.0/0}}
"""
    expected = [("Resources.Firewall", "OpenToTheWorld")] if is_open else []
    assert issues_of(sandbox, template) == expected


def test_this_projects_own_template_meets_the_criteria(sandbox: SandboxUnderTest) -> None:
    assert issues_of(sandbox, own_build().files[OWN_TEMPLATE].decode()) == []
