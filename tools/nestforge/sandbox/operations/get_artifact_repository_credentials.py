"""GetArtifactRepositoryCredentials: a login for the supplier's repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.account import BUCKETS, REGION
from nestforge.sandbox.artifact_fields import TYPES
from nestforge.sandbox.sts import issue

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def get_artifact_repository_credentials(call: Call) -> dict[str, object]:
    """Answer temporary credentials; container repositories are not emulated, so they open nothing."""
    call.parameters.one_of("ArtifactType", TYPES)
    region = call.parameters.text("DeployRegionId") or REGION
    credentials = issue(call.store, call.now, BUCKETS["private"], "")
    return {
        "ExpireDate": credentials.expires,
        "AvailableResources": [{"RegionId": region, "RepositoryName": BUCKETS["private"], "Path": "/"}],
        "Credentials": {
            "AccessKeyId": credentials.access_key_id,
            "AccessKeySecret": credentials.access_key_secret,
            "SecurityToken": credentials.security_token,
        },
    }
