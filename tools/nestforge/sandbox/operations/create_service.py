"""CreateService: a new service, or the next draft of one that has none."""

from __future__ import annotations

from nestforge.sandbox.call import DRAFT, Call
from nestforge.sandbox.errors import not_found, wrong_status
from nestforge.sandbox.service_fields import check_complete, read_fields
from nestforge.sandbox.store import ServiceVersion


def create_service(call: Call) -> dict[str, object]:
    """Store a draft. It is `Creating` until it is first looked at."""
    fields = read_fields(call)
    check_complete(fields)
    service_id = call.parameters.text("ServiceId")
    if service_id is not None:
        versions = call.store.services(service_id)
        if not versions:
            raise not_found("Service", service_id)
        if any(version.version == DRAFT for version in versions):
            raise wrong_status("Service", service_id, "holding a draft", "a service without a draft")
    if call.parameters.flag("DryRun"):
        return {"DryRunResult": {"RolePolicy": {"Policy": "{}", "MissingPolicy": []}}}
    service = ServiceVersion(
        service_id=service_id or call.new_id("service"),
        version=DRAFT,
        status="Creating",
        fields=fields,
        created=call.now,
        updated=call.now,
        settles_as="Draft",
    )
    call.store.save_service(service)
    call.store.set_tags("service", service.service_id, call.parameters.tags())
    return {"ServiceId": service.service_id, "Version": DRAFT, "Status": service.status}
