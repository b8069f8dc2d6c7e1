"""Templates for the tests, and a short way to evaluate one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nestforge.evaluate.stack import evaluate
from nestforge.sources.template import load_template

if TYPE_CHECKING:
    from nestforge.evaluate.data import Data
    from nestforge.evaluate.evaluation import Evaluation
    from nestforge.sources.template import Template

REGION = {"ALIYUN::Region": "cn-hangzhou"}
SECRET = "Unprintable-7f3a"


def template(content: object) -> Template:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1)
    report: list[object] = []
    loaded = load_template(text, "t.yaml", report)  # type: ignore[arg-type]  # a list for any finding
    assert loaded is not None, report
    return loaded


def evaluated(content: object, locale: str = "en", **given: Data) -> Evaluation:
    return evaluate(template(content), given, REGION, locale)


def around(**sections: object) -> dict[str, object]:
    """Return a template with something of everything, and `sections` added to its own."""
    content: dict[str, dict[str, object]] = {
        "Parameters": {
            "Text": {"Type": "String", "Default": "hello"},
            "Number": {"Type": "Number", "Default": 3},
            "Float": {"Type": "Number", "Default": "1.5"},
            "Flag": {"Type": "Boolean", "Default": "yes"},
            "List": {"Type": "CommaDelimitedList", "Default": "a,b"},
            "Doc": {"Type": "Json", "Default": '{"k": [1, 2]}'},
            "Null": {"Type": "String", "Default": None, "Required": False},
            "Secret": {"Type": "String", "Default": SECRET, "NoEcho": True},
            "SecretDoc": {"Type": "Json", "Default": {SECRET: [SECRET, 730517]}, "NoEcho": True},
            "SecretNumber": {"Type": "Number", "Default": 730517, "NoEcho": True},
        },
        "Mappings": {"M": {"a": {"x": 1, "up": True}, "hello": {"l": [1, {"z": 2}]}}},
        "Conditions": {
            "Yes": {"Fn::Equals": [1, 1]},
            "No": {"Fn::Equals": [1, 2]},
            "Depends": {"Fn::Equals": ["x", {"Ref": "ALIYUN::StackName"}]},
        },
        "Locals": {
            "Macro": {"Value": {"Fn::Join": ["", [{"Ref": "Text"}, "!"]]}},
            "Source": {"Type": "DATASOURCE::RAM::Users"},
        },
        "Resources": {
            "Vpc": {"Type": "ALIYUN::ECS::VPC"},
            "Group": {"Type": "ALIYUN::ECS::InstanceGroup"},
            "Stack": {"Type": "ALIYUN::ROS::Stack"},
            "Many": {"Type": "ALIYUN::ECS::VPC", "Count": 2},
            "With.Dots": {"Type": "ALIYUN::ECS::VPC"},
            "Absent": {"Type": "ALIYUN::ECS::VPC", "Condition": "No"},
        },
        "Outputs": {},
    }
    for name, own in sections.items():
        assert isinstance(own, dict)
        content.setdefault(name, {}).update(own)
    return {"ROSTemplateFormatVersion": "2015-09-01", **content}
