"""PreviewStack (ROS): what a template would create."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.evaluate.shown import plain
from nestforge.sandbox.operations.validate_template import text_in_english
from nestforge.sandbox.ros_template import parse
from nestforge.sandbox.stacks.prepare import as_text, shown_parameters
from nestforge.sandbox.stacks.stack_request import requested_stack

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def preview_stack(call: Call) -> dict[str, object]:
    """Answer the resources with their properties; what only creation tells is described in words."""
    found = requested_stack(call, call.parameters.required("StackName"))
    stack, resources = found.stack, found.evaluation.resources
    return {
        "Stack": {
            "StackName": stack.name,
            "RegionId": stack.region,
            "DisableRollback": stack.disable_rollback,
            "TimeoutInMinutes": int(stack.timeout // 60),
            "TemplateDescription": text_in_english(parse(stack.template).get("Description")),
            "Parameters": [
                {"ParameterKey": name, "ParameterValue": as_text(value)}
                for name, value in shown_parameters(found.evaluation).items()
            ],
            "Resources": [
                {
                    "LogicalResourceId": resource.name,
                    "ResourceType": resource.type,
                    "Action": "Add",
                    "Properties": {name: plain(value.data) for name, value in resource.properties.items()},
                    "RequiredBy": [other.name for other in resources.values() if resource.name in other.needs],
                }
                for resource in resources.values()
            ],
        }
    }
