"""CreateService: a new service, or the next draft of one that has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.errors import already_exists, not_found
from nestforge.sandbox.records import DRAFT, ServiceVersion
from nestforge.sandbox.service_fields import DRY_RUN_RESULT, check_complete, read_fields

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def create_service(call: Call) -> dict[str, object]:
    """Store a draft, which is `Creating` at first. With ServiceId its fields are new ones, nothing is taken over."""
    p = call.parameters
    fields = read_fields(call)
    check_complete(fields)
    for name in ("ResourceGroupId", "SourceServiceId", "SourceServiceVersion"):
        if value := p.text(name):
            fields[name] = value
    tags = p.tags()
    service_id = p.text("ServiceId")
    if service_id is not None:
        versions = call.store.services(service_id)
        if not versions:
            raise not_found("Service", service_id)
        if any(version.version == DRAFT for version in versions):
            raise already_exists("ServiceVersion", f"{service_id} {DRAFT}")
    if p.flag("DryRun"):
        return DRY_RUN_RESULT
    service = ServiceVersion(
        service_id=service_id or call.new_id("service"),
        version=DRAFT,
        status="Creating",
        fields=fields,
        created=call.now,
        updated=call.now,
        ahead=("Draft",),
    )
    call.store.save_service(service)
    call.store.set_tags("service", service.service_id, tags)
    return {"ServiceId": service.service_id, "Version": DRAFT, "Status": service.status}
