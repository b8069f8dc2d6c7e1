"""Read a ROS template as the cloud does: YAML or JSON, short tags included.

The error codes are those that the ROS documentation lists for operations that take a template; which of
them ValidateTemplate gives for what is [assumed].
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from nestforge.sandbox.errors import ApiError, not_emulated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LARGEST = 524_288
DEEPEST = 200
VERSION = "2015-09-01"
SECTIONS = (
    "ROSTemplateFormatVersion",
    "Description",
    "Metadata",
    "Parameters",
    "Mappings",
    "Conditions",
    "Rules",
    "Locals",
    "Transform",
    "Workspace",
    "Resources",
    "Outputs",
)
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
_ATTRIBUTE_OF = "Fn::GetAtt"


class _Loader(yaml.CSafeLoader):
    """Short tags become their functions; dates stay text; a key given twice is refused."""


def _short_tag(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, object]:
    value: object = None
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        if suffix == "GetAtt":
            value = str(value).split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    elif isinstance(node, yaml.MappingNode):
        value = loader.construct_mapping(node, deep=True)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _short_tag)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: str(node.value))


def schema_error(why: str) -> ApiError:
    """Refuse a template that has not the form of one."""
    return ApiError(400, "InvalidSchema", why)


def parse(content: str | bytes) -> dict[str, object]:
    """Return the template; raise ApiError where it is not one."""
    data = content.encode() if isinstance(content, str) else content
    if not 1 <= len(data) <= LARGEST:
        raise schema_error(f"The template has {len(data)} bytes, expected 1 to {LARGEST}.")
    try:
        _check_depth(data)
        template = yaml.load(data, Loader=_Loader)  # a safe loader with ROS's own short tags
    except (yaml.YAMLError, ValueError) as error:
        raise schema_error(f"The template is not YAML or JSON: {' '.join(str(error).split())}") from None
    if not isinstance(template, dict):
        raise schema_error("The template is not a mapping.")
    return template


def _check_depth(data: bytes) -> None:
    """Refuse what no program can walk through: libyaml itself ends the process while it composes such a document."""
    depth = 0
    for event in yaml.parse(data, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise schema_error(f"The template is nested more than {DEEPEST} levels deep.")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def validate(template: dict[str, object]) -> None:
    """Raise ApiError for what ValidateTemplate refuses."""
    if "Transform" in template:
        raise not_emulated("templates with a Transform")
    if str(template.get("ROSTemplateFormatVersion")) != VERSION:
        raise ApiError(400, "InvalidTemplateVersion", f"The template version is invalid: expected {VERSION}.")
    for name in template:
        if name not in SECTIONS:
            raise ApiError(400, "InvalidTemplateSection", f"The template section is invalid: {name}.")
    resources, parameters = section(template, "Resources"), section(template, "Parameters")
    if not resources:
        raise ApiError(400, "InvalidTemplateSection", "The template section is invalid: Resources is missing.")
    for name, parameter in parameters.items():
        if parameter.get("Type") not in TYPES:
            raise schema_error(f"The parameter {name} has the Type '{parameter.get('Type')}'.")
    conditions = section(template, "Conditions", of_mappings=False)
    for name, resource in resources.items():
        if not isinstance(resource.get("Type"), str):
            raise schema_error(f"The resource {name} has no Type.")
        _check_names(resource.get("DependsOn"), resources, f"Resources.{name}.DependsOn")
        _check_names(resource.get("Condition"), conditions, f"Resources.{name}.Condition")
    for name, output in section(template, "Outputs").items():
        if "Value" not in output:
            raise schema_error(f"The output {name} has no Value.")
        _check_names(output.get("Condition"), conditions, f"Outputs.{name}.Condition")
    _check_references(template, {*parameters, *resources, *section(template, "Locals")}, set(resources))


def section(template: Mapping[str, object], name: str, *, of_mappings: bool = True) -> dict[str, dict[str, object]]:
    """Return a section; empty where it is missing. Raises ApiError for other content."""
    value = template.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ApiError(400, "InvalidTemplateSection", f"The template section is invalid: {name} is not a mapping.")
    for entry, content in value.items():
        if of_mappings and not isinstance(content, dict):
            raise ApiError(
                400, "InvalidTemplateSection", f"The template section is invalid: {name}.{entry} is not a mapping."
            )
    return value


def _check_names(value: object, known: Mapping[str, object], place: str) -> None:
    for name in value if isinstance(value, list) else [value]:
        if isinstance(name, str) and name not in known:
            raise _bad_reference(name, place)


def _check_references(template: dict[str, object], known: set[str], resources: set[str]) -> None:
    for place in ("Locals", "Conditions", "Rules", "Resources", "Outputs"):
        entries = template.get(place)
        for entry, content in entries.items() if isinstance(entries, dict) else ():
            for function, name in references(content):
                if name not in (resources if function == _ATTRIBUTE_OF else known):
                    raise _bad_reference(name, f"{place}.{entry}")


def _bad_reference(name: str, place: str) -> ApiError:
    return ApiError(400, "InvalidTemplateReference", f'The specified reference "{name}" (in {place}) is incorrect.')


def references(value: object) -> Iterator[tuple[str, str]]:
    """Yield function and name of all that Ref, Fn::GetAtt and Fn::Sub refer to, pseudo parameters left out."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        for name, argument in value.items():
            if name == "Ref" and isinstance(argument, str):
                if not argument.startswith("ALIYUN::"):
                    yield name, argument
            elif name == _ATTRIBUTE_OF and isinstance(argument, list) and argument and isinstance(argument[0], str):
                yield name, argument[0].partition("[")[0]
            elif name == "Fn::Sub":
                yield from _substituted(argument)
            else:
                yield from references(argument)


def _substituted(argument: object) -> Iterator[tuple[str, str]]:
    text, given = (*argument, {})[:2] if isinstance(argument, list) else (argument, {})
    yield from references(given)
    for variable in _VARIABLE.findall(text) if isinstance(text, str) else ():
        name, attribute = variable.partition(".")[::2]
        if variable not in given and not variable.startswith("ALIYUN::"):
            yield (_ATTRIBUTE_OF if attribute else "Ref"), name
