"""What can go wrong between here and the cloud."""

from __future__ import annotations

from nestforge.model.errors import NestforgeError


class CloudRefused(NestforgeError):
    """The cloud answered, and refused: the code, message and request id are its own."""

    exit_code = 4

    def __init__(self, action: str, code: str, message: str, request_id: str, status: int = 0) -> None:
        super().__init__(f"{action} was refused: {code}: {message} (request id {request_id or 'unknown'})")
        self.action = action
        self.code = code
        self.status = status


class CloudUnreachable(NestforgeError):
    """The cloud did not answer."""

    exit_code = 4

    def __init__(self, action: str, endpoint: str, why: str) -> None:
        super().__init__(
            f"{action}: {endpoint} is out of reach: {why}", help="check the network and the endpoint in targets.yaml"
        )


class NoCredentials(NestforgeError):
    """The default chain found no credentials."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__(
            "there are no credentials for Alibaba Cloud",
            help="set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET (with a token also "
            "ALIBABA_CLOUD_SECURITY_TOKEN), or configure the aliyun command line (~/.aliyun/config.json), or a "
            "credentials file (~/.alibabacloud/credentials), an OIDC role, an ECS RAM role, or "
            "ALIBABA_CLOUD_CREDENTIALS_URI",
        )
