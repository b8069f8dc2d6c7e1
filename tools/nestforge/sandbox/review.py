"""The review of a registration: by the sandbox itself, or by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.sandbox.records import Registration
    from nestforge.sandbox.store import Store


def decide(store: Store, registration: Registration, status: str, now: str, comment: str) -> None:
    """End a registration as Approved, Rejected or Canceled; its draft follows."""
    store.save_registration(
        replace(registration, status=status, finished=now, comment=comment, ahead=(), reads=0),
    )
    for service in store.services(registration.service_id):
        if service.registration_id == registration.registration_id and service.status == "Submitted":
            draft = "Approved" if status == "Approved" else "Draft"
            store.save_service(replace(service, status=draft, updated=now, ahead=(), reads=0))
