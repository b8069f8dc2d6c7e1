"""Check the signature of a request to OSS: V4, and V1 as older tools send it.

Source: the signers of alibabacloud-oss-v2 1.4.1 (`signer/v1.py`, `signer/v4.py`), read from the other side.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

_V4 = re.compile(
    r"OSS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/(?P<scope>(?P<date>\d{8})/(?P<region>[^/]*)/(?P<product>[^/]*)"
    r"/aliyun_v4_request)(?:,AdditionalHeaders=(?P<more>[^,]*))?,Signature=(?P<signature>[0-9a-f]{64})"
)
_V1 = re.compile(r"OSS (?P<key>[^:]+):(?P<signature>[A-Za-z0-9+/=]+)")


def access_key_of(authorization: str) -> str | None:
    """Return the access key id that a request claims to be signed with."""
    found = _V4.fullmatch(authorization) or _V1.fullmatch(authorization)
    return found["key"] if found else None


def is_signed(*, method: str, bucket: str, key: str, query: str, headers: Mapping[str, str], secret: str) -> bool:
    """Return whether the request is signed with `secret`. `headers` are keyed in lower case, `query` is raw."""
    authorization = headers.get("authorization", "")
    if found := _V4.fullmatch(authorization):
        return hmac.compare_digest(_v4(found, method, bucket, key, query, headers, secret), found["signature"])
    if found := _V1.fullmatch(authorization):
        return hmac.compare_digest(_v1(method, bucket, key, headers, secret), found["signature"])
    return False


def _v4(
    found: re.Match[str],
    method: str,
    bucket: str,
    key: str,
    query: str,
    headers: Mapping[str, str],
    secret: str,
) -> str:
    more = found["more"].split(";") if found["more"] else []
    signed = sorted(n for n in headers if n.startswith("x-oss-") or n in ("content-type", "content-md5") or n in more)
    pairs = sorted(pair.partition("=")[::2] for pair in query.split("&") if pair)
    canonical = "\n".join(
        [
            method,
            quote(f"/{bucket}/{key}", safe="/"),
            "&".join(f"{name}={value}" if value else name for name, value in pairs),
            "".join(f"{name}:{headers[name]}\n" for name in signed),
            ";".join(more),
            headers.get("x-oss-content-sha256", "UNSIGNED-PAYLOAD"),
        ]
    )
    text = "\n".join(
        [
            "OSS4-HMAC-SHA256",
            headers.get("x-oss-date", ""),
            found["scope"],
            hashlib.sha256(canonical.encode()).hexdigest(),
        ]
    )
    signing = f"aliyun_v4{secret}".encode()
    for part in (found["date"], found["region"], found["product"], "aliyun_v4_request"):
        signing = hmac.new(signing, part.encode(), hashlib.sha256).digest()
    return hmac.new(signing, text.encode(), hashlib.sha256).hexdigest()


def _v1(method: str, bucket: str, key: str, headers: Mapping[str, str], secret: str) -> str:
    text = "\n".join(
        [
            method,
            headers.get("content-md5", ""),
            headers.get("content-type", ""),
            headers.get("x-oss-date", "") or headers.get("date", ""),
            "".join(f"{name}:{headers[name]}\n" for name in sorted(headers) if name.startswith("x-oss-"))
            + f"/{bucket}/{key}",
        ]
    )
    return base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha1).digest()).decode()
