"""DeleteStack (ROS): delete a stack with what it created."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.errors import action_in_progress, not_emulated

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def delete_stack(call: Call) -> dict[str, object]:
    """Begin to delete the stack; a creation that is under way is given up. One that is gone is no mistake [assumed]."""
    p = call.parameters
    if p.flag("RetainAllResources") or p.texts("RetainResources") or p.texts("DeleteOptions"):
        raise not_emulated("retaining resources with DeleteStack")
    stack = call.stack(p.required("StackId"))
    if stack.status == "DELETE_IN_PROGRESS":
        raise action_in_progress(stack.name, "DELETE")
    if stack.status != "DELETE_COMPLETE":
        call.engine.set_status(stack, "DELETE_IN_PROGRESS", "Stack DELETE started")
        call.engine.delete(stack.stack_id)
    return {}
