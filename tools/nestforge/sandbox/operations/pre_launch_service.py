"""PreLaunchService: let whitelisted users deploy the draft."""

from __future__ import annotations

from dataclasses import replace

from nestforge.sandbox.call import DRAFT, Call
from nestforge.sandbox.errors import wrong_status


def pre_launch_service(call: Call) -> dict[str, object]:
    """Turn the draft into a beta; the literal version of a beta is not documented, it stays `draft` [assumed]."""
    service = call.service(call.parameters.required("ServiceId"), DRAFT)
    if (service.settles_as or service.status) != "Draft":
        raise wrong_status("Service", service.service_id, service.status, "Draft")
    call.store.save_service(replace(service, status="Beta", settles_as="", updated=call.now))
    return {}
