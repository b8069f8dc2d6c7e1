"""The ROS API through its official SDK."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from nestforge.cloud.ros import StackEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.cloud.sdk_wire import Wire

PAGE = 50


class SdkRos:
    """TemplateCheck and StackEvents over the SDK, which is imported with the first call."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._endpoint = wire.access.ros_endpoint
        self._region = wire.access.region

    @cached_property
    def _client(self) -> Any:
        from alibabacloud_ros20190910.client import Client

        return Client(self._wire.config(self._endpoint))

    def validate_template(self, text: str) -> None:
        """Return if ROS takes the template."""
        from alibabacloud_ros20190910.models import ValidateTemplateRequest

        request = ValidateTemplateRequest(region_id=self._region, template_body=text)
        self._wire.call("ValidateTemplate", self._endpoint, lambda: self._client.validate_template(request))

    def stack_events(self, stack_id: str) -> tuple[StackEvent, ...]:
        """Return all events, the oldest first.

        ROS lists the newest first [assumed]; its times are of seconds, so that what it lists is turned
        round before it is sorted by them.
        """
        events = [
            StackEvent(
                event_id=str(row["EventId"]),
                time=str(row["CreateTime"]),
                resource=str(row.get("LogicalResourceId") or ""),
                type=str(row.get("ResourceType") or ""),
                status=str(row["Status"]),
                message=str(row.get("StatusReason") or ""),
            )
            for row in list(self._rows(stack_id))[::-1]
        ]
        return tuple(sorted(events, key=lambda event: event.time))

    def _rows(self, stack_id: str) -> Iterator[dict[str, Any]]:
        from alibabacloud_ros20190910.models import ListStackEventsRequest

        number = 1
        while True:
            request = ListStackEventsRequest(
                region_id=self._region, stack_id=stack_id, page_size=PAGE, page_number=number
            )
            look = partial(self._client.list_stack_events, request)
            page = self._wire.call("ListStackEvents", self._endpoint, look)
            rows = page.get("Events") or []
            yield from rows
            if len(rows) < PAGE:
                return
            number += 1
