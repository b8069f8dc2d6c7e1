"""UpdateService: change the fields that are given, of the draft only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nestforge.sandbox.errors import wrong_status
from nestforge.sandbox.records import DRAFT
from nestforge.sandbox.service_fields import DRY_RUN_RESULT, read_fields

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call

_CHANGEABLE = ("Draft", "CreateFailed", "UpdateFailed", "Beta")


def update_service(call: Call) -> dict[str, object]:
    """Change the draft, which is `Updating` at first. Submitted, Approved: no modification (the SDK's words)."""
    p = call.parameters
    service = call.service(p.required("ServiceId"), p.text("ServiceVersion") or DRAFT)
    status = call.status(service)
    if service.version != DRAFT or status not in _CHANGEABLE:
        raise wrong_status(
            "Service", f"{service.service_id} {service.version}", status, "a draft that is not in review"
        )
    fields = {**service.fields, **read_fields(call)}
    if locales := p.objects("ServiceLocaleConfigs"):
        fields["ServiceLocaleConfigs"] = locales
    if p.flag("DryRun"):
        return DRY_RUN_RESULT
    settled = "Beta" if status == "Beta" else "Draft"
    call.store.save_service(
        replace(service, fields=fields, updated=call.now, status="Updating", ahead=(settled,), reads=0)
    )
    return {}
