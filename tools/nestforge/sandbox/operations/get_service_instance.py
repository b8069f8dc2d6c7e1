"""GetServiceInstance: one service instance with its outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.account import ACCOUNT_ID
from nestforge.sandbox.stacks.instances import show_instance

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def get_service_instance(call: Call) -> dict[str, object]:
    """Answer the instance; one that was deleted too."""
    instance = call.service_instance(call.parameters.required("ServiceInstanceId"))
    return {**show_instance(call, instance), "SupplierUid": ACCOUNT_ID, "UserId": ACCOUNT_ID}
