"""The supplier API and ROS through the official SDKs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alibabacloud_computenestsupplier20210521 import models
from alibabacloud_computenestsupplier20210521.client import Client
from alibabacloud_tea_openapi.utils_models import Config
from darabonba.exceptions import UnretryableException
from Tea.exceptions import TeaException

from nestforge.cloud.errors import CloudRefused, CloudUnreachable
from nestforge.cloud.retries import with_retries

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.cloud.supplier import Credentials


def sdk_config(credentials: Credentials, endpoint: str) -> Config:
    """Return the SDK's configuration: HTTPS, except for the sandbox on loopback."""
    config = Config(
        access_key_id=credentials.access_key_id,
        access_key_secret=credentials.access_key_secret,
        security_token=credentials.token or None,
        endpoint=endpoint,
        protocol="HTTP" if endpoint.startswith("127.0.0.1:") else "HTTPS",
    )
    if endpoint.startswith("127.0.0.1:"):
        config.no_proxy = "127.0.0.1"
    return config


def translated(action: str, endpoint: str, attempt: Callable[[], object]) -> object:
    """Return what `attempt` returns; the SDK's exceptions become ours."""
    try:
        return attempt()
    except UnretryableException as error:
        raise CloudUnreachable(action, endpoint, str(error)) from None
    except TeaException as error:
        data = error.data if isinstance(error.data, dict) else {}
        message = str(data.get("Message") or error.message)
        status = int(getattr(error, "statusCode", 0) or getattr(error, "status_code", 0) or 0)
        raise CloudRefused(action, str(error.code), message, str(data.get("RequestId", "")), status) from None


class SdkSupplier:
    """Every operation of the SDK by its name; counts the calls that went out."""

    def __init__(self, credentials: Credentials, endpoint: str, region: str) -> None:
        self.endpoint = endpoint
        self.region = region
        self.client = Client(sdk_config(credentials, endpoint))
        self.calls = 0

    def call(self, action: str, parameters: dict[str, object]) -> dict[str, object]:
        """Perform `action`; reads and calls with a ClientToken are tried again where that helps."""
        request_type = getattr(models, f"{action}Request")
        request = request_type()
        request.from_map({"RegionId": self.region, **parameters})
        method = getattr(self.client, _snake(action))

        def attempt() -> dict[str, object]:
            self.calls += 1
            answer: dict[str, object] = translated(action, self.endpoint, lambda: method(request)).body.to_map()  # type: ignore[attr-defined]  # the SDK is untyped
            return answer

        again = action.startswith(("Get", "List")) or "ClientToken" in parameters
        return with_retries(attempt) if again else attempt()


def _snake(action: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in action).lstrip("_")
