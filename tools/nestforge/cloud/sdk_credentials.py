"""The default credential chain of the official SDK."""

from __future__ import annotations

from alibabacloud_credentials.client import Client
from alibabacloud_credentials.exceptions import CredentialException

from nestforge.cloud.errors import NoCredentials
from nestforge.cloud.supplier import Credentials


def default_credentials() -> Credentials:
    """Return what the chain finds. Raises NoCredentials."""
    try:
        found = Client().get_credential()
    except CredentialException:
        raise NoCredentials from None
    return Credentials(found.access_key_id, found.access_key_secret, found.security_token or "")
