"""DeleteService: remove a version that nobody can deploy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.errors import wrong_status

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call

_KEPT = ("Submitted", "Launching", "Online")


def delete_service(call: Call) -> dict[str, object]:
    """Remove one version; with the last one the service is gone."""
    service = call.service(call.parameters.required("ServiceId"), call.parameters.required("ServiceVersion"))
    status = call.status(service)
    if status in _KEPT:
        raise wrong_status("Service", service.service_id, status, "a version that is not in review, nor online")
    call.store.delete_service(service.service_id, service.version)
    if not call.store.services(service.service_id):
        call.store.remove_tags("service", service.service_id)
    return {}
