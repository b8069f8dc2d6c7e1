"""What the console shows of service instances: the service that each is of, and what its stack has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.console.stack_facts import stack_details
from nestforge.sandbox.stacks.instances import progress_of, status_of

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.stacks.records import ServiceInstance


def instance_list(call: Call) -> list[dict[str, object]]:
    """Return the service instances, the newest first, deleted ones too."""
    return [_summary(call, instance) for instance in reversed(call.engine.stacks.instances())]


def instance_page(call: Call, instance_id: str) -> dict[str, object]:
    """Return one instance with all that belongs to it. Raises ApiError."""
    instance = call.service_instance(instance_id)
    return {**_summary(call, instance), **stack_details(call, call.stack(instance.stack_id))}


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
