"""ListStackResources (ROS): what a stack consists of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.stacks.shown_resource import show_resource

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def list_stack_resources(call: Call) -> dict[str, object]:
    """Answer the resources that were begun; those that were deleted are no part of it any more [assumed]."""
    stack = call.stack(call.parameters.required("StackId"))
    resources = call.engine.stacks.resources(stack.stack_id)
    return {"Resources": [show_resource(stack, resource) for resource in resources]}
