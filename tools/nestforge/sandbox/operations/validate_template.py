"""ValidateTemplate (ROS): whether a template can be read, and what it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.errors import ApiError, not_found
from nestforge.sandbox.ros_template import parse, section, validate

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def validate_template(call: Call) -> dict[str, object]:
    """Answer the template's parameters, resource types and outputs."""
    p = call.parameters
    body, url = p.text("TemplateBody"), p.text("TemplateURL")
    if url is not None:
        stored = call.object_at(url)
        if stored is None:
            raise not_found("Object", url)
        body = stored.content.decode()
    if not body:
        raise ApiError(400, "TemplateEmpty", "TemplateBody or TemplateURL must be given.")
    template = parse(body)
    validate(template)
    types = sorted({str(r["Type"]) for r in section(template, "Resources").values()})
    description = template.get("Description")
    return {
        "Description": description if isinstance(description, str) else None,
        "Parameters": [
            {"ParameterKey": name, **parameter} for name, parameter in section(template, "Parameters").items()
        ],
        "ResourceTypes": {
            "Resources": [t for t in types if not t.startswith("DATASOURCE::")],
            "DataSources": [t for t in types if t.startswith("DATASOURCE::")],
        },
        "Outputs": [{"OutputKey": name} for name in section(template, "Outputs")],
    }
