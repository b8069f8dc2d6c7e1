"""GetArtifactRepositoryCredentials: a login for the supplier's repositories, and a folder for files."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from nestforge.sandbox.account import BUCKETS, REGION
from nestforge.sandbox.artifact_fields import TYPES
from nestforge.sandbox.sts import issue

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def get_artifact_repository_credentials(call: Call) -> dict[str, object]:
    """Answer temporary credentials for one folder of the private bucket, named anew each time.

    Compute Nest's own command line puts the files of File artifacts below `Path` (computenest-cli 1.x,
    `service/file.py`). Container repositories are not emulated.
    """
    call.parameters.one_of("ArtifactType", TYPES)
    path = f"artifact/{secrets.token_hex(8)}"
    region = call.parameters.text("DeployRegionId") or REGION
    credentials = issue(call.store, call.now, BUCKETS["private"], f"{path}/")
    return {
        "ExpireDate": credentials.expires,
        "AvailableResources": [{"RegionId": region, "RepositoryName": BUCKETS["private"], "Path": path}],
        "Credentials": {
            "AccessKeyId": credentials.access_key_id,
            "AccessKeySecret": credentials.access_key_secret,
            "SecurityToken": credentials.security_token,
        },
    }
