"""DeleteServiceInstances: remove service instances with all that their stacks created."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.errors import missing, wrong_status
from nestforge.sandbox.stacks.instances import status_of

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def delete_service_instances(call: Call) -> dict[str, object]:
    """Begin to delete the stacks. One that is being deployed is given up; one that is gone is no mistake [assumed]."""
    instances = [call.service_instance(identity) for identity in call.parameters.texts("ServiceInstanceId")]
    if not instances:
        raise missing("ServiceInstanceId")
    for instance in instances:
        stack = call.stack(instance.stack_id)
        if status_of(stack) == "Deleting":
            raise wrong_status("ServiceInstance", instance.instance_id, "Deleting", "any other state")
        if status_of(stack) != "Deleted":
            call.engine.set_status(stack, "DELETE_IN_PROGRESS", "Stack DELETE started")
            call.engine.delete(stack.stack_id)
    return {}
