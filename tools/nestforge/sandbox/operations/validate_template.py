"""ValidateTemplate (ROS): whether a template can be read, and what it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.errors import ApiError
from nestforge.sandbox.ros_template import parse, section, validate

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def validate_template(call: Call) -> dict[str, object]:
    """Answer the template's parameters, resource types, resources and outputs."""
    template = parse(template_content(call))
    validate(template)
    resources = section(template, "Resources")
    types = sorted({str(resource["Type"]) for resource in resources.values()})
    return {
        "Description": text_in_english(template.get("Description")),
        "Parameters": [
            {"ParameterKey": name, **parameter} for name, parameter in section(template, "Parameters").items()
        ],
        "ResourceTypes": {
            "Resources": [t for t in types if not t.startswith("DATASOURCE::")],
            "DataSources": [t for t in types if t.startswith("DATASOURCE::")],
        },
        "Resources": [
            {"LogicalResourceIdPattern": name, "ResourcePath": name, "ResourceType": resource["Type"]}
            for name, resource in resources.items()
        ],
        "Outputs": [
            {
                "OutputKey": name,
                "Description": text_in_english(output.get("Description")),
                "Label": text_in_english(output.get("Label")),
            }
            for name, output in section(template, "Outputs").items()
        ],
    }


def template_content(call: Call) -> str | bytes:
    """Return the template that TemplateBody holds or TemplateURL leads to."""
    p = call.parameters
    p.text("RegionId")
    body, url = p.text("TemplateBody"), p.text("TemplateURL")
    if (body is None) == (url is None):
        raise ApiError(400, "MissingTemplateBody", "You must specify either TemplateBody or TemplateURL, but not both.")
    if body is not None:
        return body
    stored = call.object_at(str(url))
    if stored is None:
        raise ApiError(404, "TemplateNotFound", f"The Template ({url}) could not be found.")
    return stored.content


def text_in_english(value: object) -> str | None:
    """Return a text; of one in several languages the English."""
    if isinstance(value, dict):
        value = value.get("en", next(iter(value.values()), None))
    return value if isinstance(value, str) else None
