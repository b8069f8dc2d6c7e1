"""ListServiceTestCases: the test cases of a service; the sandbox has no operation that makes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.paging import page

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def list_service_test_cases(call: Call) -> dict[str, object]:
    """Answer an empty list, for a service that exists where one is named."""
    p = call.parameters
    service_id, version = p.text("ServiceId"), p.text("ServiceVersion")
    if service_id is not None:
        call.service(service_id, version)
    p.objects("Filters")
    none: list[dict[str, object]] = []
    shown, more = page(none, p)
    return {"Data": list(shown), **more}
