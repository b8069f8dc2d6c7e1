"""Read a ROS template as the cloud does: YAML or JSON, short tags included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from nestforge.sandbox.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 524_288
PSEUDO = ("StackId", "StackName", "Region", "NoValue", "TenantId", "AccountId", "Index", "ResourceGroupId")
TYPES = (
    "String",
    "Number",
    "CommaDelimitedList",
    "Json",
    "Boolean",
    "ALIYUN::OOS::Parameter::Value",
    "ALIYUN::OOS::SecretParameter::Value",
)
_VARIABLE = re.compile(r"\$\{\s*([^!{}][^{}]*?)\s*\}")


class _Loader(yaml.CSafeLoader):
    """Short tags become their functions; dates stay text."""


def _short_tag(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, object]:
    if isinstance(node, yaml.ScalarNode):
        value: object = loader.construct_scalar(node)
        if suffix == "GetAtt":
            value = str(value).split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    elif isinstance(node, yaml.MappingNode):
        value = loader.construct_mapping(node, deep=True)
    else:
        value = None
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _short_tag)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: str(node.value))


def refuse(why: str) -> ApiError:
    """Return the cloud's refusal of a template."""
    return ApiError(400, "InvalidTemplate", f"The template is invalid: {why}")


def parse(text: str) -> dict[str, object]:
    """Return the template; raise ApiError where it is not one."""
    if not 1 <= len(text.encode()) <= LARGEST:
        raise refuse(f"it must have 1 to {LARGEST} bytes.")
    try:
        template = yaml.load(text, Loader=_Loader)  # a safe loader with ROS's own short tags
    except (yaml.YAMLError, ValueError) as error:
        raise refuse(" ".join(str(error).split())) from None
    if not isinstance(template, dict):
        raise refuse("it is not a mapping.")
    return template


def validate(template: dict[str, object]) -> None:
    """Raise ApiError for what ValidateTemplate refuses."""
    if template.get("ROSTemplateFormatVersion") != "2015-09-01":
        raise refuse("ROSTemplateFormatVersion must be 2015-09-01.")
    resources = section(template, "Resources")
    if not resources:
        raise refuse("there is no Resources section.")
    parameters = section(template, "Parameters")
    for name, parameter in parameters.items():
        if parameter.get("Type") not in TYPES:
            raise refuse(f"the parameter {name} has no valid Type.")
    for name, resource in resources.items():
        if not isinstance(resource.get("Type"), str):
            raise refuse(f"the resource {name} has no Type.")
        depends = resource.get("DependsOn") or []
        for other in depends if isinstance(depends, list) else [depends]:
            if other not in resources:
                raise refuse(f"the resource {name} depends on {other}, which does not exist.")
    known = {*parameters, *resources, *section(template, "Locals")}
    for place in ("Conditions", "Resources", "Outputs", "Rules"):
        for name in _references(template.get(place)):
            if name not in known:
                raise refuse(f"{place} refer to {name}, which does not exist.")
    conditions = section(template, "Conditions")
    for part in (resources, section(template, "Outputs")):
        for name, entry in part.items():
            condition = entry.get("Condition")
            if condition is not None and condition not in conditions:
                raise refuse(f"{name} has the condition {condition}, which does not exist.")


def section(template: dict[str, object], name: str) -> dict[str, dict[str, object]]:
    """Return a section of named mappings; empty where it is missing. Raises ApiError for other content."""
    value = template.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise refuse(f"{name} is not a mapping.")
    for entry, content in value.items():
        if not isinstance(content, dict):
            raise refuse(f"{name}.{entry} is not a mapping.")
    return value


def _references(value: object) -> Iterator[str]:
    """Yield every name that Ref, Fn::GetAtt or Fn::Sub refers to, pseudo parameters left out."""
    if isinstance(value, list):
        for item in value:
            yield from _references(item)
    elif isinstance(value, dict):
        for name, argument in value.items():
            if name == "Ref" and isinstance(argument, str):
                if argument.removeprefix("ALIYUN::") not in PSEUDO:
                    yield argument
            elif name == "Fn::GetAtt" and isinstance(argument, list) and argument and isinstance(argument[0], str):
                yield argument[0].partition("[")[0]
            elif name == "Fn::Sub":
                text, given = argument if isinstance(argument, list) else (argument, {})
                yield from _references(given)
                if isinstance(text, str):
                    for variable in _VARIABLE.findall(text):
                        if variable not in given and not variable.startswith("ALIYUN::"):
                            yield variable.partition(".")[0]
            else:
                yield from _references(argument)
