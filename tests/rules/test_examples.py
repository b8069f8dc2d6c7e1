"""The `Bad:` and `Good:` lines of every rule about templates, each put where it belongs and linted.

FRAMES are the places where an example can stand. One of them must show the difference: the rule speaks about the
bad example there, and not about the good one. What cannot be said in a line of a template is in IN_WORDS.
"""

from __future__ import annotations

import re

import pytest

from nestforge.lint.check import check_template
from nestforge.lint.registry import Row, load, rows

HEAD = """\
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Engine: {Type: String, AllowedValues: [vllm, sglang]}
  PayType: {Type: String, AllowedValues: [PostPaid, PrePaid]}
  ZoneId: {Type: String}
  VpcId: {Type: String}
  Model: {Type: String}
  LoginMethod: {Type: String, AllowedValues: [KeyPair, Password]}
  IsPublic: {Type: Boolean}
  Host: {Type: String}
  Password: {Type: String, NoEcho: true}
  InstancePassword: {Type: String, NoEcho: true}
"""
BODY = """\
Mappings:
  Engines: {vllm: {Settings: a}, sglang: {Settings: b}}
Conditions:
  EnablePublicAccess: {"Fn::Equals": [{Ref: Engine}, vllm]}
Locals:
  Now: {Value: 1}
  Address: {Value: 1}
Resources:
  EcsVpc: {Type: ALIYUN::ECS::VPC}
  Vpc: {Type: ALIYUN::ECS::VPC}
  Eip: {Type: ALIYUN::VPC::EIP}
  Handle: {Type: ALIYUN::ROS::WaitConditionHandle}
  RandomKey: {Type: ALIYUN::RandomString, Properties: {length: 8}}
  MasterInstanceGroup: {Type: ALIYUN::ECS::InstanceGroup, Properties: {InstanceType: ecs.g7.large, MaxAmount: 1}}
  MasterCommand: {Type: ALIYUN::ROS::Sleep}
"""
COMMAND = """\
  Run:
    Type: ALIYUN::ECS::RunCommand
    Properties:
      Type: RunShellScript
      InstanceIds: [i-1]
"""
ENGINES = "pip install vllm==0.8.2 sglang==0.4.3"
FRAMES = {
    "a resource": HEAD + BODY + "  It: EXAMPLE\n",
    "a value": HEAD + BODY + "Outputs:\n  It: {Value: EXAMPLE}\n",
    "an output": HEAD + BODY + "Outputs:\n  EXAMPLE\n",
    "a parameter": HEAD + "  It: EXAMPLE\n" + BODY,
    "a parameter and its name": HEAD + "  EXAMPLE\n" + BODY,
    "an attribute of a parameter": HEAD + "  It: {Type: String, EXAMPLE}\n" + BODY,
    "metadata of a parameter": HEAD + "  It: {Type: String, AssociationPropertyMetadata: {EXAMPLE}}\n" + BODY,
    "when a parameter is shown": HEAD
    + "  It: {Type: String, AssociationPropertyMetadata: {Visible: {Condition: EXAMPLE}}}\n"
    + BODY,
    "a section": HEAD + BODY + "EXAMPLE\n",
    "the whole": "EXAMPLE",
    "a part of a resource": HEAD + BODY + "  It:\n    Type: ALIYUN::ROS::Sleep\n    EXAMPLE\n",
    "the type of a resource": HEAD + BODY + "  It: {EXAMPLE}\n",
    "a resource's properties": HEAD + BODY + "  It: {Type: ALIYUN::ECS::VPC, Properties: EXAMPLE}\n",
    "all resources": "ROSTemplateFormatVersion: '2015-09-01'\nResources: EXAMPLE\n",
    "all conditions": HEAD + "Conditions: EXAMPLE\nResources: {A: {Type: ALIYUN::ECS::VPC}}\n",
    "a condition": HEAD + "Conditions: {It: EXAMPLE}\nResources: {A: {Type: ALIYUN::ECS::VPC}}\n",
    "a local beside resources": HEAD + BODY.replace("Locals:\n", "Locals:\n  It: EXAMPLE\n"),
    "metadata of an instance type": HEAD
    + "  It:\n    Type: String\n    AssociationProperty: ALIYUN::ECS::Instance::InstanceType\n"
    + "    AssociationPropertyMetadata: {EXAMPLE}\n"
    + BODY,
    "all locals": HEAD + "Locals: EXAMPLE\nResources: {A: {Type: ALIYUN::ECS::VPC}}\n",
    "a local": HEAD + "Locals: {It: EXAMPLE}\nResources: {A: {Type: ALIYUN::ECS::VPC}}\n",
    "a local and its name": HEAD + "Locals: {EXAMPLE}\nResources: {A: {Type: ALIYUN::ECS::VPC}}\n",
    "the form": HEAD + BODY + "Metadata: {'ALIYUN::ROS::Interface': {EXAMPLE}}\n",
    "a group": HEAD + BODY + "Metadata: {'ALIYUN::ROS::Interface': {ParameterGroups: [EXAMPLE]}}\n",
    "a part of a group": HEAD + BODY + "Metadata: {'ALIYUN::ROS::Interface': {ParameterGroups: [{EXAMPLE}]}}\n",
    "a rule of a security group": HEAD
    + BODY
    + "  It: {Type: ALIYUN::ECS::SecurityGroup, Properties: {SecurityGroupIngress: [EXAMPLE]}}\n",
    "a property of a command": HEAD + BODY + COMMAND + "      EXAMPLE\n",
    "properties of a command": HEAD
    + BODY
    + "  It: {Type: ALIYUN::ECS::RunCommand, Properties: {Type: RunShellScript, InstanceIds: [i-1], <<: EXAMPLE}}\n",
    "the content of a command": HEAD + BODY + COMMAND + "      CommandContent: EXAMPLE\n",
    "a line of a command": HEAD + BODY + COMMAND + f"      CommandContent: |\n        {ENGINES}\n        EXAMPLE\n",
    "two lines of a command": HEAD
    + BODY
    + COMMAND
    + f"      CommandContent: |\n        {ENGINES}\n        vllm serve m \\\n          EXAMPLE\n          --port 80\n",
    "a parameter in a command": HEAD
    + "  It: EXAMPLE\n"
    + BODY
    + COMMAND
    + '      CommandContent: {"Fn::Sub": "echo ${It}"}\n',
}
# fmt: off
IN_WORDS = frozenset((
    "R3113", "R3114", "R3115", "R3118", "R3119", "R3120", "R3121",
    "R3211", "R3216", "R3217", "R3218", "R3219", "R3223", "R3224", "R3225",
    "R3226", "R3229", "R3237", "R3240", "R3311", "R3401", "R3402", "R3404", "R3405",
    "R4001", "R4003", "R4005", "R4042", "R7001", "R7008", "R7015", "R7016", "R7019", "R7021",
    "R7034", "R7040", "R7042", "R7045", "R7046", "R9025",
))
# fmt: on


def codes(template: str) -> set[str]:
    return {found.code for found in check_template(template, "template.yaml")}


def example(documentation: str, verdict: str) -> str:
    found = re.search(rf"^ *{verdict}: +(.*)$", documentation, re.MULTILINE)
    assert found is not None
    return found[1]


def shown_in(code: str, bad: str, good: str) -> list[str]:
    """Return the frames in which the rule speaks about the bad example and not about the good one."""
    result = []
    for name, frame in FRAMES.items():
        if code in codes(frame.replace("EXAMPLE", bad)):
            with_good = codes(frame.replace("EXAMPLE", good))
            if code not in with_good and "R1101" not in with_good:
                result.append(name)
    return result


@pytest.mark.parametrize(("section", "row"), [pair for pair in rows() if pair[1].subject == "template"], ids=str)
def test_the_bad_example_is_reported_and_the_good_one_is_not(section: str, row: Row) -> None:
    documentation = load(section, row).documentation
    found = shown_in(row.code, example(documentation, "Bad"), example(documentation, "Good"))
    assert bool(found) != (row.code in IN_WORDS), found
