"""ListServiceRegistrations: the reviews, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.paging import page

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call

_FILTERS = ("ServiceId", "RegistrationId", "Status")


def list_service_registrations(call: Call) -> dict[str, object]:
    """Answer the registrations that pass the filters."""
    filters = call.parameters.filters("Filter", "Value", _FILTERS)
    rows = [
        {
            "RegistrationId": r.registration_id,
            "ServiceId": r.service_id,
            "Status": r.status,
            "SubmitTime": r.submitted,
            "FinishTime": r.finished or None,
            "Comment": r.comment or None,
        }
        for r in map(call.look_at_registration, reversed(call.store.registrations()))
    ]
    rows = [row for row in rows if all(row[name] in values for name, values in filters.items())]
    shown, more = page(rows, call.parameters)
    return {"ServiceRegistrations": list(shown), **more}
