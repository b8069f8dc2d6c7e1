"""WithdrawService: take a version offline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nestforge.sandbox.errors import wrong_status

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def withdraw_service(call: Call) -> dict[str, object]:
    """Make an online version offline; instances that run keep running."""
    p = call.parameters
    service = call.service(p.required("ServiceId"), p.required("ServiceVersion"))
    status = call.status(service)
    if status != "Online":
        raise wrong_status("Service", f"{service.service_id} {service.version}", status, "Online")
    offline = replace(service, status="Offline", ahead=(), reads=0, default=False, updated=call.now)
    call.store.save_service(offline)
    return {}
