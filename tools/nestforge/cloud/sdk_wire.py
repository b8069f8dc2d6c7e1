"""How the official RPC SDKs are called: settings, counting, retries, and what their exceptions mean."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nestforge.cloud.errors import CloudBusy, CloudRefused, CloudUnreachable
from nestforge.cloud.masked import masked
from nestforge.cloud.retry import Failed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nestforge.cloud.access import Access
    from nestforge.cloud.retry import Retry
    from nestforge.cloud.traffic import Traffic

CONNECT_TIMEOUT = 5_000
READ_TIMEOUT = 60_000
_PASSING_STATUS = (429, 500, 502, 503, 504)
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


@dataclass(frozen=True, slots=True)
class Wire:
    """One cloud's settings, shared by its clients."""

    access: Access
    credentials: object | None
    retry: Retry
    traffic: Traffic

    def config(self, endpoint: str) -> Any:
        """Return the SDK's Config for `endpoint`."""
        from alibabacloud_tea_openapi.utils_models import Config

        settings = {
            "endpoint": endpoint,
            "region_id": self.access.region,
            "protocol": self.access.protocol,
            "connect_timeout": CONNECT_TIMEOUT,
            "read_timeout": READ_TIMEOUT,
        }
        if self.access.key is None:
            return Config(credential=self.credentials, **settings)
        key = self.access.key
        return Config(access_key_id=key.access_key_id, access_key_secret=key.access_key_secret, **settings)

    def call(self, action: str, endpoint: str, operation: Callable[[], Any]) -> dict[str, Any]:
        """Return the body of the operation's answer, its fields named as in the API."""
        from Tea.exceptions import TeaException

        def attempt() -> dict[str, Any]:
            self.traffic.calls += 1
            try:
                with past_proxies(self.access.is_sandbox):
                    answer = operation()
            except TeaException as error:
                raise failure(action, endpoint, error) from None  # its text holds the whole request
            body: dict[str, Any] = answer.body.to_map()
            return body

        return self.retry(attempt)


def failure(action: str, endpoint: str, error: Any) -> Failed:
    """Return what a TeaException means: an answer with a code, or no answer."""
    status = getattr(error, "status_code", None)
    if not status:
        inner = getattr(error, "inner_exception", None) or error
        renewal = type(inner).__name__ == "CredentialException"  # its text may repeat what the source answered
        why = _NO_CREDENTIALS if renewal else reason(str(inner))
        return Failed(CloudUnreachable(action, endpoint, why), passing=why != _NO_CREDENTIALS)
    data = error.data if isinstance(error.data, dict) else {}
    code = str(error.code or status)
    message = masked(str(data.get("Message") or data.get("message") or "no message"))
    request_id = str(data.get("RequestId") or data.get("requestId") or "")
    passing = status in _PASSING_STATUS or code.startswith("Throttling")
    refused = (CloudBusy if passing else CloudRefused)(action, code, message, request_id)
    after = float(getattr(error, "retry_after", None) or 0) / 1000  # milliseconds, see tea_openapi's utils
    return Failed(refused, passing=passing, after=after)


_NO_CREDENTIALS = "the credentials could not be renewed"
_ADDRESS = re.compile(r"with url: \S+")
"""It holds the whole request: what stands in there is no sign of anything."""


def reason(text: str) -> str:
    """Return why there was no answer, in words that repeat nothing of the request."""
    text = _ADDRESS.sub("", text)
    signs = (
        ("as json", "what answered is not the API: a proxy, or another server"),
        ("refused", "the connection was refused"),
        ("timed out", "it took too long"),
        ("Timeout", "it took too long"),
        ("resolve", "its name is not known"),
        ("certificate", "its certificate is not trusted"),
        ("Remote", "the connection ended before the answer"),
    )
    return next((words for sign, words in signs if sign in text), "the connection failed")


@contextmanager
def past_proxies(wanted: bool) -> Iterator[None]:
    """Hide the proxies of the environment while the sandbox is spoken to.

    The SDK reads them for each request, and has no setting that says "none".
    """
    hidden = {name: value for name, value in os.environ.items() if wanted and name.lower() in _PROXIES}
    for name in hidden:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(hidden)
