"""What the console shows of stacks: their resources, events, logs and outputs; those of service instances, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.stacks.instances import progress_of
from nestforge.sandbox.stacks.prepare import as_text
from nestforge.sandbox.stacks.records import MASK

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.stacks.records import Stack, StackResource


def stack_list(call: Call) -> list[dict[str, object]]:
    """Return the stacks that were made by themselves, the newest first, deleted ones too."""
    stacks = call.engine.stacks
    owned = {instance.stack_id for instance in stacks.instances()}
    return [_summary(call, stack) for stack in reversed(stacks.stacks()) if stack.stack_id not in owned]


def stack_page(call: Call, stack_id: str) -> dict[str, object]:
    """Return one stack with all that belongs to it. Raises ApiError."""
    stack = call.stack(stack_id)
    return {**_summary(call, stack), **stack_details(call, stack)}


def stack_details(call: Call, stack: Stack) -> dict[str, object]:
    """Return what belongs to a stack; the values of secret parameters are masked."""
    stacks = call.engine.stacks
    return {
        "reason": stack.reason,
        "region": stack.region,
        "parameters": {name: MASK if name in stack.secrets else as_text(v) for name, v in stack.given.items()},
        "outputs": [
            {"name": output.name, "value": as_text(output.value), "description": output.description}
            for output in stack.outputs
        ],
        "resources": [_resource(resource) for resource in stacks.resources(stack.stack_id)],
        "events": [
            {"time": event.time, "name": event.name, "type": event.type, "status": event.status, "reason": event.reason}
            for event in stacks.events(stack.stack_id)
        ],
        "log": [{"time": line.time, "name": line.name, "text": line.text} for line in stacks.log(stack.stack_id)],
    }


def _summary(call: Call, stack: Stack) -> dict[str, object]:
    return {
        "id": stack.stack_id,
        "name": stack.name,
        "status": stack.status,
        "note": stack.note,
        "progress": progress_of(call, stack),
        "created": stack.created,
    }


def _resource(resource: StackResource) -> dict[str, object]:
    return {
        "name": resource.name,
        "type": resource.type,
        "status": resource.status,
        "reason": resource.reason,
        "id": resource.physical_id,
        "created": resource.created,
        "updated": resource.updated,
        "properties": resource.properties,
        "attributes": resource.attributes,
    }
