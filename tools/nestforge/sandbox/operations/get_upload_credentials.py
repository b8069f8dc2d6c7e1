"""GetUploadCredentials: short-lived credentials to PUT one file into the supplier's bucket."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from nestforge.sandbox.account import BUCKETS, REGION
from nestforge.sandbox.sts import issue

if TYPE_CHECKING:
    from nestforge.sandbox.call import Call


def get_upload_credentials(call: Call) -> dict[str, object]:
    """Answer credentials that are good for OSS alone, for one hour, and for one key, which is new each time."""
    p = call.parameters
    name = p.required("FileName")
    bucket = BUCKETS[p.one_of("Visibility", tuple(BUCKETS)) or "private"]
    key = f"{secrets.token_hex(8)}/{name}"
    credentials = issue(call.store, call.now, bucket, key)
    return {
        "Code": "200",
        "HttpStatusCode": 200,
        "Success": True,
        "Data": {
            "AccessKeyId": credentials.access_key_id,
            "AccessKeySecret": credentials.access_key_secret,
            "SecurityToken": credentials.security_token,
            "ExpireDate": credentials.expires,
            "BucketName": bucket,
            "RegionId": REGION,
            "Key": key,
        },
    }
