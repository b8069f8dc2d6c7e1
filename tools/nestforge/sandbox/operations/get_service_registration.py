"""GetServiceRegistration: how a review stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def get_service_registration(call: Call) -> dict[str, object]:
    """Answer one registration."""
    registration = call.registration(call.parameters.required("RegistrationId"))
    return {
        "RegistrationId": registration.registration_id,
        "ServiceId": registration.service_id,
        "ServiceVersion": registration.version,
        "Status": registration.status,
        "SubmitTime": registration.submitted,
        "FinishTime": registration.finished or None,
        "Comment": registration.comment or None,
    }
