"""ROS's template check through the official SDK."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alibabacloud_ros20190910 import models
from alibabacloud_ros20190910.client import Client

from nestforge.cloud.retries import with_retries
from nestforge.cloud.sdk_supplier import sdk_config, translated

if TYPE_CHECKING:
    from nestforge.cloud.supplier import Credentials


class SdkTemplateCheck:
    """ValidateTemplate."""

    def __init__(self, credentials: Credentials, endpoint: str, region: str) -> None:
        self.endpoint = endpoint
        self.region = region
        self.client = Client(sdk_config(credentials, endpoint))
        self.calls = 0

    def validate(self, template: str) -> None:
        """Return for a template that ROS accepts."""
        request = models.ValidateTemplateRequest(region_id=self.region, template_body=template)

        def attempt() -> object:
            self.calls += 1
            return translated("ValidateTemplate", self.endpoint, lambda: self.client.validate_template(request))

        with_retries(attempt)
