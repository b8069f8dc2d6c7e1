"""ListServiceRegistrations: the reviews, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.paging import page

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def list_service_registrations(call: Call) -> dict[str, object]:
    """Answer registrations by ServiceId, RegistrationId or Status."""
    rows = [
        {
            "RegistrationId": r.registration_id,
            "ServiceId": r.service_id,
            "Status": r.status,
            "SubmitTime": r.submitted,
            "FinishTime": r.finished or None,
            "Comment": r.comment or None,
        }
        for r in reversed(call.store.registrations())
    ]
    for name, values in call.parameters.filters().items():
        rows = [row for row in rows if row.get(name) in values]
    shown, more = page(rows, call.parameters)
    return {"ServiceRegistrations": list(shown), "TotalCount": len(rows), **more}
