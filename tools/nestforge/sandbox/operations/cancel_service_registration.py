"""CancelServiceRegistration: take a draft back from review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.errors import wrong_status
from nestforge.sandbox.review import decide

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def cancel_service_registration(call: Call) -> dict[str, object]:
    """Make the draft a draft again."""
    registration = call.registration(call.parameters.required("RegistrationId"))
    status = call.status(registration)
    if status != "Submitted":
        raise wrong_status("ServiceRegistration", registration.registration_id, status, "Submitted")
    decide(call.store, registration, "Canceled", call.now, "canceled by the supplier")
    return {}
