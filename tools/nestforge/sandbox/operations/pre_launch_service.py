"""PreLaunchService: let whitelisted users deploy the draft."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nestforge.sandbox.errors import wrong_status
from nestforge.sandbox.records import DRAFT

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def pre_launch_service(call: Call) -> dict[str, object]:
    """Turn the draft into a beta; the literal version of a beta is not documented, it stays `draft` [assumed]."""
    service = call.service(call.parameters.required("ServiceId"), DRAFT)
    status = call.status(service)
    if status != "Draft":
        raise wrong_status("Service", service.service_id, status, "Draft")
    call.store.save_service(replace(service, status="Beta", ahead=(), reads=0, updated=call.now))
    return {}
