"""The ROS API through its official SDK."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.cloud.sdk_wire import Wire


@dataclass(frozen=True, slots=True)
class SdkRos:
    """TemplateCheck over the SDK, which is imported with the first call."""

    wire: Wire

    def validate_template(self, text: str) -> None:
        """Return if ROS takes the template."""
        from alibabacloud_ros20190910.client import Client
        from alibabacloud_ros20190910.models import ValidateTemplateRequest

        access = self.wire.access
        client = Client(self.wire.config(access.ros_endpoint))
        request = ValidateTemplateRequest(region_id=access.region, template_body=text)
        self.wire.call("ValidateTemplate", access.ros_endpoint, lambda: client.validate_template(request))
