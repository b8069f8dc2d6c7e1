"""CheckServiceDeployable: whether balance and quota let a service be deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.account import REGION
from nestforge.sandbox.stacks.instances import deployment

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


_UNCHECKED = "The sandbox has neither balance nor quota: this was not checked."


def check_service_deployable(call: Call) -> dict[str, object]:
    """Answer that nothing stands in the way of a version that can be deployed, and that little was checked."""
    p = call.parameters
    p.one_of("TrialType", ("Trial", "NotTrial"))
    p.text("PrePaidAmount"), p.text("PostPaidAmount")
    deployment(call, p.text("RegionId") or REGION)
    return {
        "CheckResults": [
            {"Type": kind, "Value": "true", "Message": _UNCHECKED, "Skippable": True} for kind in ("Balance", "Quota")
        ]
    }
