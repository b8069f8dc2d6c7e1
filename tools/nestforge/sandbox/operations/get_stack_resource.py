"""GetStackResource (ROS): one resource of a stack, with its attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.errors import ApiError
from nestforge.sandbox.stacks.shown_resource import show_resource

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def get_stack_resource(call: Call) -> dict[str, object]:
    """Answer the resource; its attributes where ShowResourceAttributes asks for them, or names are given."""
    p = call.parameters
    stack, name = call.stack(p.required("StackId")), p.required("LogicalResourceId")
    found = next((r for r in call.engine.stacks.resources(stack.stack_id) if r.name == name), None)
    if found is None:
        raise ApiError(404, "ResourceNotFound", f"The Resource ({name}) could not be found in Stack {stack.name}.")
    names, every = p.texts("ResourceAttributes"), p.flag("ShowResourceAttributes")
    attributes = [
        {"ResourceAttributeKey": key, "ResourceAttributeValue": value}
        for key, value in found.attributes.items()
        if key in names or (every and not names)
    ]
    return {**show_resource(stack, found), "ResourceAttributes": attributes}
