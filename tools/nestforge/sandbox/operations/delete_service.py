"""DeleteService: remove a version that nobody can deploy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.errors import wrong_status

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call

_DELETABLE = ("Draft", "CreateFailed", "UpdateFailed", "Beta", "Offline", "Approved")


def delete_service(call: Call) -> dict[str, object]:
    """Remove one version, or all of them where none is named."""
    p = call.parameters
    service_id, version = p.required("ServiceId"), p.text("ServiceVersion")
    found = [call.service(service_id, version)] if version else call.store.services(service_id)
    found = found or [call.service(service_id)]
    for service in found:
        if (service.settles_as or service.status) not in _DELETABLE:
            raise wrong_status("Service", service_id, service.status, "a version that is not online or in review")
    for service in found:
        call.store.delete_service(service_id, service.version)
    if not call.store.services(service_id):
        call.store.remove_tags("service", service_id, list(call.store.tags("service", service_id)))
    return {}
