"""GetArtifactRepositoryCredentials: a login for the supplier's repositories."""

from __future__ import annotations

from nestforge.sandbox.artifact_fields import TYPES
from nestforge.sandbox.call import BUCKET, REGION, Call
from nestforge.sandbox.errors import missing
from nestforge.sandbox.sts import issue


def get_artifact_repository_credentials(call: Call) -> dict[str, object]:
    """Answer temporary credentials; container repositories are not emulated, so there is no login for them."""
    if call.parameters.one_of("ArtifactType", TYPES) is None:
        raise missing("ArtifactType")
    credentials = issue(call.store, call.now, "")
    return {
        "ExpireDate": credentials.expires,
        "AvailableResources": [{"RegionId": REGION, "RepositoryName": BUCKET, "Path": "/"}],
        "Credentials": {
            "AccessKeyId": credentials.access_key_id,
            "AccessKeySecret": credentials.access_key_secret,
            "SecurityToken": credentials.security_token,
        },
    }
