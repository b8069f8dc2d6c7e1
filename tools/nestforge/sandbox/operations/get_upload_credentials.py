"""GetUploadCredentials: short-lived credentials to PUT one file into the supplier's bucket."""

from __future__ import annotations

import secrets

from nestforge.sandbox.call import BUCKET, REGION, Call
from nestforge.sandbox.sts import issue


def get_upload_credentials(call: Call) -> dict[str, object]:
    """Answer credentials that are good for OSS alone, for one hour, and for one key."""
    p = call.parameters
    name = p.required("FileName")
    visibility = p.one_of("Visibility", ("public", "private")) or "private"
    key = f"{visibility}/{secrets.token_hex(8)}/{name}"
    credentials = issue(call.store, call.now, key)
    return {
        "Code": "200",
        "HttpStatusCode": 200,
        "Success": True,
        "Data": {
            "AccessKeyId": credentials.access_key_id,
            "AccessKeySecret": credentials.access_key_secret,
            "SecurityToken": credentials.security_token,
            "ExpireDate": credentials.expires,
            "BucketName": BUCKET,
            "RegionId": REGION,
            "Key": key,
        },
    }
