"""The credentials of Alibaba Cloud: the default chain of the official package."""

from __future__ import annotations

from nestforge.cloud.errors import NoCredentials


def default_credentials() -> object:
    """Return the SDK's credential client, having seen that it finds something; NoCredentials otherwise."""
    from alibabacloud_credentials.client import Client
    from alibabacloud_credentials.exceptions import CredentialException

    client = Client()
    try:
        client.get_credential()
    except (CredentialException, ValueError):
        raise NoCredentials from None  # the chain's own text repeats what it read
    return client
