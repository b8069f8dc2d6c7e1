"""Uploads through the official OSS SDK, signed with V4."""

from __future__ import annotations

from typing import TYPE_CHECKING

import alibabacloud_oss_v2 as oss
from alibabacloud_oss_v2.exceptions import BaseError, OperationError, ServiceError

from nestforge.cloud.errors import CloudRefused, CloudUnreachable
from nestforge.cloud.retries import with_retries

if TYPE_CHECKING:
    from nestforge.cloud.supplier import Credentials


class SdkObjects:
    """PUT with temporary credentials; `endpoint` is given for the sandbox only."""

    def __init__(self, endpoint: str = "") -> None:
        self.endpoint = endpoint
        self.uploads = 0
        self.bytes_sent = 0

    def put(self, bucket: str, region: str, key: str, content: bytes, credentials: Credentials) -> None:
        """Upload an object; the same key may be written again."""
        settings = oss.config.load_default()
        settings.credentials_provider = oss.credentials.StaticCredentialsProvider(
            credentials.access_key_id, credentials.access_key_secret, credentials.token
        )
        settings.region = region
        settings.retry_max_attempts = 1  # tried again here, as every other call
        if self.endpoint:
            settings.endpoint = f"http://{self.endpoint}"
            settings.use_path_style = True
        client = oss.Client(settings)
        request = oss.PutObjectRequest(bucket=bucket, key=key, body=content)
        with_retries(lambda: self._put(client, request, settings.endpoint or region))
        self.uploads += 1
        self.bytes_sent += len(content)

    def _put(self, client: oss.Client, request: oss.PutObjectRequest, endpoint: str) -> None:
        try:
            client.put_object(request)
        except OperationError as error:
            cause = error.unwrap()
            if isinstance(cause, ServiceError):
                refusal = (str(cause.code), str(cause.message), str(cause.request_id), int(cause.status_code))
                raise CloudRefused("PutObject", *refusal) from None
            raise CloudUnreachable("PutObject", endpoint, type(cause).__name__) from None
        except BaseError as error:
            raise CloudUnreachable("PutObject", endpoint, type(error).__name__) from None
