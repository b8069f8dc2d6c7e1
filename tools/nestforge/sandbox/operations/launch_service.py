"""LaunchService: put an approved draft online as the next version, or an offline version online again."""

from __future__ import annotations

from dataclasses import replace

from nestforge.sandbox.call import DRAFT, Call
from nestforge.sandbox.errors import wrong_status


def launch_service(call: Call) -> dict[str, object]:
    """Launch. A draft cannot be launched without approval (the documentation's own sentence)."""
    p = call.parameters
    service = call.service(p.required("ServiceId"), p.text("ServiceVersion") or DRAFT)
    status = service.settles_as or service.status
    online_since = call.now
    _no_longer_default(call, service.service_id)
    if service.version != DRAFT:
        if status != "Offline":
            raise wrong_status("Service", service.service_id, status, "Offline")
        online = replace(
            service,
            status="Launching",
            settles_as="Online",
            published=online_since,
            updated=online_since,
            default=True,
        )
        call.store.save_service(online)
        return {"ServiceLaunchResultType": "PublishOfflineVersion", "Version": online.version}
    if status != "Approved":
        raise wrong_status("Service", service.service_id, status, "Approved: register the draft first")
    numbers = [int(s.version) for s in call.store.services(service.service_id) if s.version.isdigit()]
    number = str(max(numbers, default=0) + 1)
    call.store.delete_service(service.service_id, DRAFT)
    call.store.save_service(
        replace(
            service,
            version=number,
            status="Launching",
            settles_as="Online",
            published=online_since,
            updated=online_since,
            default=True,
        )
    )
    for registration in call.store.registrations():
        if registration.registration_id == service.registration_id:
            call.store.save_registration(replace(registration, status="Executed"))
    return {"ServiceLaunchResultType": "PublishNewVersion", "Version": number}


def _no_longer_default(call: Call, service_id: str) -> None:
    for service in call.store.services(service_id):
        if service.default:
            call.store.save_service(replace(service, default=False))
