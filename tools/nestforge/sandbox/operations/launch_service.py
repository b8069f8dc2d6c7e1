"""LaunchService: put an approved draft online as the next version, or an offline version online again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nestforge.sandbox.errors import wrong_status
from nestforge.sandbox.records import DRAFT

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call
    from nestforge.sandbox.records import ServiceVersion


def launch_service(call: Call) -> dict[str, object]:
    """Launch. "Only approved services can be published": a draft without approval is refused.

    The version is the service's default from now on [assumed]. Categories and Recommend concern the service
    catalog, which is not emulated.
    """
    p = call.parameters
    p.texts("Categories"), p.flag("Recommend")
    service = call.service(p.required("ServiceId"), p.required("ServiceVersion"))
    needed = "Approved" if service.version == DRAFT else "Offline"
    status = call.status(service)
    if status != needed:
        hint = "Approved: register it, and have it approved" if service.version == DRAFT else "Offline"
        raise wrong_status("Service", f"{service.service_id} {service.version}", status, hint)
    for other in call.store.services(service.service_id):
        if other.default:
            call.store.save_service(replace(other, default=False))
    if service.version != DRAFT:
        _go_online(call, service)
        return {"ServiceLaunchResultType": "PublishOfflineVersion", "Version": service.version}
    numbers = [int(s.version) for s in call.store.services(service.service_id) if s.version.isdigit()]
    number = str(max(numbers, default=0) + 1)
    call.store.delete_service(service.service_id, DRAFT)
    _go_online(call, replace(service, version=number))
    registration = call.registration(service.registration_id)
    call.store.save_registration(replace(registration, status="Executed", ahead=(), reads=0))
    return {"ServiceLaunchResultType": "PublishNewVersion", "Version": number}


def _go_online(call: Call, service: ServiceVersion) -> None:
    online = replace(
        service,
        status="Launching",
        ahead=("Online",),
        reads=0,
        default=True,
        published=call.now,
        updated=call.now,
    )
    call.store.save_service(online)
