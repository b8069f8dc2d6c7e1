"""What goes wrong with the cloud. None of these ever holds a secret."""

from __future__ import annotations

from nestforge.model.errors import NestforgeError

_LONGEST_MESSAGE = 600


class CloudRefused(NestforgeError):
    """The cloud answered a call with an error; all of code, message and request id are its own."""

    exit_code = 4

    def __init__(self, action: str, code: str, message: str, request_id: str) -> None:
        told = message if len(message) <= _LONGEST_MESSAGE else message[:_LONGEST_MESSAGE] + "…"
        super().__init__(
            f"the cloud refused {action}: {code}: {told} (request id {request_id or 'not given'})",
            help="when the cause is gone, the same command goes on from here",
        )
        self.action = action
        self.code = code
        self.request_id = request_id


class CloudBusy(CloudRefused):
    """It did so each time it was asked, for reasons that pass: it may have done the thing nevertheless."""


class CloudUnreachable(NestforgeError):
    """No answer that can be understood came back."""

    exit_code = 4

    def __init__(self, action: str, endpoint: str, why: str) -> None:
        super().__init__(
            f"{action} got no answer from {endpoint}: {why}",
            help="nothing is lost: run the same command again",
        )
        self.action = action
        self.endpoint = endpoint


class FieldUnknown(NestforgeError):
    """The package gives a field that the operation does not have, so it would be lost in silence."""

    def __init__(self, action: str, fields: tuple[str, ...]) -> None:
        super().__init__(
            f"{action} has no field {', '.join(fields)}", help="see .computenest/config.yaml in the package"
        )


class NoCredentials(NestforgeError):
    """The default credential chain came to its end."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__(
            "no credentials for Alibaba Cloud were found",
            help="give them in one of these ways:\n"
            "    ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment,\n"
            "      with ALIBABA_CLOUD_SECURITY_TOKEN where they are temporary\n"
            "    ~/.aliyun/config.json, as `aliyun configure` writes it (ALIBABA_CLOUD_PROFILE chooses a profile)\n"
            "    ~/.alibabacloud/credentials.ini, or the file that ALIBABA_CLOUD_CREDENTIALS_FILE names\n"
            "    ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN and ALIBABA_CLOUD_OIDC_TOKEN_FILE, in CI\n"
            "    the RAM role of the ECS instance that this runs on (ALIBABA_CLOUD_ECS_METADATA names it)\n"
            "    ALIBABA_CLOUD_CREDENTIALS_URI, an address that answers with temporary credentials",
        )
