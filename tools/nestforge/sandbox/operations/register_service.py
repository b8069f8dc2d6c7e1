"""RegisterService: hand the draft in for review."""

from __future__ import annotations

from dataclasses import replace

from nestforge.sandbox.call import DRAFT, Call
from nestforge.sandbox.errors import wrong_status
from nestforge.sandbox.review import AUTOMATIC, REVIEW, decide
from nestforge.sandbox.store import Registration


def register_service(call: Call) -> dict[str, object]:
    """Submit the draft; the sandbox approves at once unless it is told to wait for a person."""
    service = call.service(call.parameters.required("ServiceId"), DRAFT)
    if (service.settles_as or service.status) not in ("Draft", "Beta"):
        raise wrong_status("Service", service.service_id, service.status, "Draft or Beta")
    registration = Registration(call.new_id("sr"), service.service_id, DRAFT, "Submitted", call.now)
    call.store.save_registration(registration)
    call.store.save_service(
        replace(service, status="Submitted", settles_as="", registration_id=registration.registration_id)
    )
    if call.store.setting(REVIEW, AUTOMATIC) == AUTOMATIC:
        decide(call.store, registration, "Approved", call.now, "approved by the sandbox")
    return {"RegistrationId": registration.registration_id}
