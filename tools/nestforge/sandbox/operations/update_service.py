"""UpdateService: change the fields that are given, of the draft only."""

from __future__ import annotations

from dataclasses import replace

from nestforge.sandbox.call import DRAFT, Call
from nestforge.sandbox.errors import wrong_status
from nestforge.sandbox.service_fields import read_fields

_CHANGEABLE = ("Draft", "CreateFailed", "UpdateFailed", "Beta")


def update_service(call: Call) -> dict[str, object]:
    """Change the draft. It is `Updating` until it is next looked at."""
    p = call.parameters
    service = call.service(p.required("ServiceId"), p.text("ServiceVersion") or DRAFT)
    if service.version != DRAFT or service.status not in _CHANGEABLE:
        raise wrong_status("Service", service.service_id, service.status, "a draft under work")
    fields = read_fields(call)
    if p.flag("DryRun"):
        return {"DryRunResult": {"RolePolicy": {"Policy": "{}", "MissingPolicy": []}}}
    call.store.save_service(
        replace(
            service,
            fields={**service.fields, **fields},
            updated=call.now,
            status="Updating",
            settles_as="Draft",
        )
    )
    return {}
