"""The credentials of Alibaba Cloud: the default chain of the official package."""

from __future__ import annotations

import logging

from nestforge.cloud.errors import NoCredentials


def default_credentials() -> object:
    """Return the SDK's credential client, having seen that it finds something; NoCredentials otherwise."""
    # Its logger writes tracebacks to standard error for each place that holds no credentials, with the body of
    # whatever answered: what is to be said of it, NoCredentials says.
    logging.getLogger("credentials").disabled = True
    from alibabacloud_credentials.client import Client
    from alibabacloud_credentials.exceptions import CredentialException

    try:
        client = Client()
        client.get_credential()
    except (CredentialException, ValueError):
        raise NoCredentials from None  # the chain's own text repeats what it read
    return client
