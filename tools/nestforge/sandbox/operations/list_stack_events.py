"""ListStackEvents (ROS): what happened to a stack, the newest first, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


_LARGEST_PAGE = 50


def list_stack_events(call: Call) -> dict[str, object]:
    """Answer the events that the filters let through. That the newest comes first is [assumed]."""
    p = call.parameters
    stack = call.stack(p.required("StackId"))
    statuses, types, names = p.texts("Status"), p.texts("ResourceType"), p.texts("LogicalResourceId")
    events = [
        event
        for event in reversed(call.engine.stacks.events(stack.stack_id))
        if (not statuses or event.status in statuses)
        and (not types or event.type in types)
        and (not names or event.name in names)
    ]
    size, number = p.number("PageSize", _LARGEST_PAGE) or 10, p.number("PageNumber", 10**9) or 1
    return {
        "TotalCount": len(events),
        "PageNumber": number,
        "PageSize": size,
        "Events": [
            {
                "EventId": event.event_id,
                "StackId": stack.stack_id,
                "StackName": stack.name,
                "LogicalResourceId": event.name,
                "PhysicalResourceId": event.physical_id,
                "ResourceType": event.type,
                "Status": event.status,
                "StatusReason": event.reason,
                "CreateTime": event.time,
            }
            for event in events[(number - 1) * size : number * size]
        ],
    }
