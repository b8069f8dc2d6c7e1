"""ListServiceTestCases: the test cases of a service; the sandbox has no operation that makes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def list_service_test_cases(call: Call) -> dict[str, object]:
    """Answer an empty list for a service that exists."""
    call.service(call.parameters.required("ServiceId"), call.parameters.text("ServiceVersion"))
    return {"Data": [], "TotalCount": 0, "MaxResults": call.parameters.number("MaxResults", 20, 100)}
