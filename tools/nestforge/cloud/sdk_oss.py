"""Object storage through its official SDK, signed with OSS V4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nestforge.cloud.errors import CloudBusy, CloudRefused, CloudUnreachable
from nestforge.cloud.masked import masked
from nestforge.cloud.retry import Failed
from nestforge.cloud.sdk_wire import past_proxies, reason

if TYPE_CHECKING:
    from nestforge.cloud.sdk_wire import Wire
    from nestforge.cloud.supplier import UploadTicket

ACTION = "PutObject"


@dataclass(frozen=True, slots=True)
class SdkOss:
    """ObjectStore over the SDK, which is imported with the first upload."""

    wire: Wire

    def put(self, ticket: UploadTicket, content: bytes, media_type: str) -> None:
        """Store `content` where the ticket says."""
        import alibabacloud_oss_v2 as oss

        client = oss.Client(self._config(oss, ticket))
        request = oss.PutObjectRequest(bucket=ticket.bucket, key=ticket.key, body=content, content_type=media_type)

        def attempt() -> None:
            try:
                with past_proxies(self.wire.access.is_sandbox):
                    client.put_object(request)
            except oss.exceptions.BaseError as error:
                raise _failure(error, self._endpoint(ticket)) from None

        self.wire.retry(attempt)
        self.wire.traffic.uploads += 1
        self.wire.traffic.bytes_sent += len(content)

    def _config(self, oss: Any, ticket: UploadTicket) -> Any:
        config = oss.config.load_default()
        config.credentials_provider = oss.credentials.StaticCredentialsProvider(
            ticket.access_key_id, ticket.access_key_secret, ticket.security_token
        )
        config.region = ticket.region
        config.signature_version = "v4"
        config.retry_max_attempts = 1  # Retry does it, with the injected wait
        if self.wire.access.is_sandbox:
            config.endpoint = f"http://{self.wire.access.supplier_endpoint}"
            config.use_path_style = True
        return config

    def _endpoint(self, ticket: UploadTicket) -> str:
        access = self.wire.access
        return access.supplier_endpoint if access.is_sandbox else f"oss-{ticket.region}.aliyuncs.com"


def _failure(error: Any, endpoint: str) -> Failed:
    inner = error
    while hasattr(inner, "unwrap"):
        inner = inner.unwrap()
    status = getattr(inner, "status_code", None)
    if not status:
        return Failed(CloudUnreachable(ACTION, endpoint, reason(str(inner))), passing=True)
    code, message = str(inner.code or status), masked(str(inner.message or "no message"))
    passing = status == 429 or status >= 500
    refused = (CloudBusy if passing else CloudRefused)(ACTION, code, message, str(inner.request_id or ""))
    return Failed(refused, passing=passing)
