"""CreateStack (ROS): create what a template describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.errors import not_emulated, stack_exists
from nestforge.sandbox.stacks.prepare import begin
from nestforge.sandbox.stacks.stack_request import requested_stack

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def create_stack(call: Call) -> dict[str, object]:
    """Begin the stack."""
    p = call.parameters
    if p.one_of("DeletionProtection", ("Enabled", "Disabled")) == "Enabled":
        raise not_emulated("DeletionProtection of CreateStack")
    p.tags()
    name = p.required("StackName")
    if any(s.name == name and s.status != "DELETE_COMPLETE" for s in call.engine.stacks.stacks()):
        raise stack_exists(name)
    return {"StackId": begin(call, requested_stack(call, name)).stack_id}
