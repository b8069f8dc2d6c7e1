"""GetServiceRegistration: how a review stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def get_service_registration(call: Call) -> dict[str, object]:
    """Answer one registration."""
    r = call.look_at_registration(call.registration(call.parameters.required("RegistrationId")))
    return {
        "RegistrationId": r.registration_id,
        "ServiceId": r.service_id,
        "ServiceVersion": r.version,
        "Status": r.status,
        "SubmitTime": r.submitted,
        "FinishTime": r.finished or None,
        "Comment": r.comment or None,
    }
