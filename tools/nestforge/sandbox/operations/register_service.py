"""RegisterService: hand the draft in for review."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nestforge.sandbox.errors import wrong_status
from nestforge.sandbox.records import DRAFT, Registration
from nestforge.sandbox.review import decide
from nestforge.sandbox.service_fields import deploy_metadata, relations
from nestforge.sandbox.settings import AUTOMATIC, pending_reads, review

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def register_service(call: Call) -> dict[str, object]:
    """Submit the draft. The sandbox approves it, unless it is told to wait for a person."""
    service = call.service(call.parameters.required("ServiceId"), DRAFT)
    status = call.status(service)
    if status not in ("Draft", "Beta"):
        raise wrong_status("Service", service.service_id, status, "Draft or Beta")
    for _, artifact_id, version in relations(deploy_metadata(service)):
        if version == DRAFT:  # [assumed]: what nobody can deploy yet cannot be reviewed
            raise wrong_status("Artifact", artifact_id, "a draft", "a released version of it")
    approves = review(call.store) == AUTOMATIC
    ahead = ("Approved",) if approves and pending_reads(call.store) else ()
    registration = Registration(call.new_id("sr"), service.service_id, DRAFT, "Submitted", call.now, ahead=ahead)
    call.store.save_registration(registration)
    submitted = replace(
        service,
        status="Submitted",
        ahead=ahead,
        reads=0,
        registration_id=registration.registration_id,
        updated=call.now,
    )
    call.store.save_service(submitted)
    if approves and not ahead:
        decide(call.store, registration, "Approved", call.now, "approved by the sandbox")
    return {"RegistrationId": registration.registration_id}
