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
    if (service.settles_as or service.status) not in ("Online", "Beta"):
        raise wrong_status("Service", service.service_id, service.status, "Online")
    call.store.save_service(replace(service, status="Offline", settles_as="", default=False, updated=call.now))
    return {}
