"""What the console shows of service instances: their resources, events, logs and outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.stacks.instances import progress_of, status_of
from nestforge.sandbox.stacks.prepare import as_text
from nestforge.sandbox.stacks.records import MASK

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.stacks.records import ServiceInstance, StackResource


def instance_list(call: Call) -> list[dict[str, object]]:
    """Return the service instances, the newest first, deleted ones too."""
    return [_summary(call, instance) for instance in reversed(call.engine.stacks.instances())]


def instance_page(call: Call, instance_id: str) -> dict[str, object]:
    """Return one instance with all that belongs to it. Raises ApiError."""
    instance = call.service_instance(instance_id)
    stack = call.stack(instance.stack_id)
    stacks = call.engine.stacks
    return {
        **_summary(call, instance),
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


def _summary(call: Call, instance: ServiceInstance) -> dict[str, object]:
    stack = call.stack(instance.stack_id)
    return {
        "id": instance.instance_id,
        "name": instance.name,
        "status": status_of(stack),
        "stackStatus": stack.status,
        "note": stack.note,
        "progress": progress_of(call, stack),
        "created": instance.created,
        "template": instance.template_name,
        "service": instance.service,
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
