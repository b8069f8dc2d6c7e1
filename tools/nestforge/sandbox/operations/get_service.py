"""GetService: one version with all its fields."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nestforge.sandbox.service_fields import show_fields

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def get_service(call: Call) -> dict[str, object]:
    """Answer a version as it is, and let a passing state settle for the next look."""
    p = call.parameters
    service = call.service(p.required("ServiceId"), p.text("ServiceVersion"))
    if service.settles_as:
        call.store.save_service(replace(service, status=service.settles_as, settles_as=""))
    tags = [{"Key": k, "Value": v} for k, v in call.store.tags("service", service.service_id).items()]
    return {**show_fields(service), "Tags": tags, "SupplierName": "sandbox"}
