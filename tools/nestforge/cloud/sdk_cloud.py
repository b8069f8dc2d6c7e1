"""Open a cloud through the official SDKs; they are imported when the first call needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.cloud.cloud import Cloud
from nestforge.cloud.retry import Retry
from nestforge.cloud.sdk_deployments import SdkDeployments
from nestforge.cloud.sdk_oss import SdkOss
from nestforge.cloud.sdk_ros import SdkRos
from nestforge.cloud.sdk_supplier import SdkSupplier
from nestforge.cloud.sdk_wire import Wire
from nestforge.cloud.traffic import Traffic

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.cloud.access import Access


def open_cloud(access: Access, wait: Callable[[float], None], tell: Callable[[str], None]) -> Cloud:
    """Return the cloud behind `access`.

    `wait` sleeps the seconds between attempts, `tell` hears why there is another one. Raises NoCredentials.
    """
    credentials = None
    if access.key is None:
        from nestforge.cloud.sdk_credentials import default_credentials

        credentials = default_credentials()
    wire = Wire(access, credentials, Retry(wait, tell), Traffic())
    ros = SdkRos(wire)
    return Cloud(SdkSupplier(wire), SdkOss(wire), ros, SdkDeployments(wire), ros, wire.traffic)
