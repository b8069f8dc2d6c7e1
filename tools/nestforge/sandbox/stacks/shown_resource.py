"""A resource of a stack as ROS's operations answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.sandbox.stacks.records import Stack, StackResource


def show_resource(stack: Stack, resource: StackResource) -> dict[str, object]:
    """Return the fields that all operations on resources have in common."""
    return {
        "StackId": stack.stack_id,
        "StackName": stack.name,
        "LogicalResourceId": resource.name,
        "PhysicalResourceId": resource.physical_id,
        "ResourceType": resource.type,
        "Status": resource.status,
        "StatusReason": resource.reason,
        "CreateTime": resource.created,
        "UpdateTime": resource.updated,
        "ResourceDriftStatus": "NOT_CHECKED",
    }
