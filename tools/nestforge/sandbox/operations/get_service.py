"""GetService: one version with all its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.service_fields import show_fields

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def get_service(call: Call) -> dict[str, object]:
    """Answer the version that is named; see `Call.service` for which it is when none is."""
    p = call.parameters
    service = call.look_at_service(call.service(p.required("ServiceId"), p.text("ServiceVersion")))
    tags = [{"Key": k, "Value": v} for k, v in call.store.tags("service", service.service_id).items()]
    return {**show_fields(service), "Tags": tags, "SupplierName": "sandbox"}
