"""Read what CreateStack and PreviewStack have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.errors import invalid
from nestforge.sandbox.operations.validate_template import template_content
from nestforge.sandbox.stacks.prepare import prepare

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.stacks.prepare import Prepared

TIMEOUT = 60
"""Minutes; 10 to 1440 can be asked for."""


def requested_stack(call: Call, name: str) -> Prepared:
    """Return the stack that a request describes, as it is before its creation. Raises ApiError."""
    p = call.parameters
    minutes = p.number("TimeoutInMinutes", 1440) or TIMEOUT
    if minutes < 10:
        raise invalid("TimeoutInMinutes", f"'{minutes}' is not a number between 10 and 1440.")
    content = template_content(call)
    given: dict[str, object] = {
        str(entry.get("ParameterKey", "")): entry.get("ParameterValue", "") for entry in p.objects("Parameters")
    }
    return prepare(
        call,
        content if isinstance(content, str) else content.decode(),
        given,
        name=name,
        region=p.required("RegionId"),
        timeout=minutes * 60.0,
        disable_rollback=p.flag("DisableRollback"),
    )
