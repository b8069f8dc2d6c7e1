"""Check the signature of a request to OSS: V4, and V1 as older tools send it, each in the header or the query.

Source: the signers of alibabacloud-oss-v2 1.4.1 (`signer/v1.py`, `signer/v4.py`), read from the other side.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

_V4 = re.compile(
    r"OSS4-HMAC-SHA256 Credential=(?P<credential>[^,]+)(?:,AdditionalHeaders=(?P<more>[^,]*))?"
    r",Signature=(?P<signature>[0-9a-f]{64})"
)
_CREDENTIAL = re.compile(r"(?P<key>[^/]+)/(?P<scope>\d{8}/[^/]*/[^/]*/aliyun_v4_request)")
_V1 = re.compile(r"OSS (?P<key>[^:]+):(?P<signature>[A-Za-z0-9+/=]+)")
_SKEW = timedelta(minutes=15)
# What of a query V1 signs, besides the address of the object.
_SUBRESOURCES = {
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "security-token",
    "versionId",
}


@dataclass(frozen=True, slots=True)
class OssRequest:
    """A request to an object: names of headers in lower case, `query` as it stands in the request line."""

    method: str
    bucket: str
    key: str
    query: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Claim:
    """Who a request says it is from: a key, its proof, the session token, and until when it is good."""

    access_key_id: str
    signature: str
    scope: str
    more: tuple[str, ...]
    token: str
    date: str
    expires: datetime | None

    @property
    def is_v4(self) -> bool:
        """Whether the proof is of version 4."""
        return bool(self.scope)


def read_claim(request: OssRequest) -> Claim | None:
    """Return the claim of a request, or None where it makes none."""
    headers, query = request.headers, dict(parse_qsl(request.query))
    authorization = headers.get("authorization", "")
    # The SDK's V1 signer names the header without its prefix, and does not sign it.
    token = headers.get("x-oss-security-token") or headers.get("security-token", "")
    if found := _V1.fullmatch(authorization):
        date = headers.get("x-oss-date") or headers.get("date", "")
        return Claim(found["key"], found["signature"], "", (), token, date, _until(_rfc(date), _SKEW))
    if "OSSAccessKeyId" in query:
        date, token = query.get("Expires", ""), query.get("security-token", "")
        return Claim(query["OSSAccessKeyId"], query.get("Signature", ""), "", (), token, date, _epoch(date))
    if found := _V4.fullmatch(authorization):
        credential, more, signature = found["credential"], found["more"] or "", found["signature"]
        date, lifetime = headers.get("x-oss-date", ""), _SKEW
    elif "x-oss-credential" in query:
        credential, more = query["x-oss-credential"], query.get("x-oss-additional-headers", "")
        signature, token = query.get("x-oss-signature", ""), query.get("x-oss-security-token", "")
        date, seconds = query.get("x-oss-date", ""), query.get("x-oss-expires", "")
        lifetime = timedelta(seconds=int(seconds) if re.fullmatch("[0-9]{1,9}", seconds) else 0)
    else:
        return None
    who = _CREDENTIAL.fullmatch(credential)
    if who is None:
        return None
    names = tuple(more.split(";")) if more else ()
    return Claim(who["key"], signature, who["scope"], names, token, date, _until(_iso(date), lifetime))


def is_signed(request: OssRequest, claim: Claim, secret: str) -> bool:
    """Return whether the claim is proven with `secret`."""
    proof = _v4(request, claim, secret) if claim.is_v4 else _v1(request, claim, secret)
    return hmac.compare_digest(proof.encode(), claim.signature.encode())


def _v4(request: OssRequest, claim: Claim, secret: str) -> str:
    headers = request.headers
    signed = sorted(
        name
        for name in headers
        if name.startswith("x-oss-") or name in ("content-type", "content-md5") or name in claim.more
    )
    pairs = sorted(tuple(pair.partition("=")[::2]) for pair in request.query.split("&") if pair)
    canonical = "\n".join(
        [
            request.method,
            quote(f"/{request.bucket}/{request.key}", safe="/"),
            "&".join(f"{name}={value}" if value else name for name, value in pairs if name != "x-oss-signature"),
            "".join(f"{name}:{headers[name]}\n" for name in signed),
            ";".join(claim.more),
            headers.get("x-oss-content-sha256", "UNSIGNED-PAYLOAD"),
        ]
    )
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    text = f"OSS4-HMAC-SHA256\n{claim.date}\n{claim.scope}\n{digest}"
    signing = f"aliyun_v4{secret}".encode()
    for part in claim.scope.split("/"):
        signing = hmac.new(signing, part.encode(), hashlib.sha256).digest()
    return hmac.new(signing, text.encode(), hashlib.sha256).hexdigest()


def _v1(request: OssRequest, claim: Claim, secret: str) -> str:
    headers = request.headers
    pairs = sorted((unquote(n), unquote(v)) for n, _, v in (pair.partition("=") for pair in request.query.split("&")))
    signed = "&".join(f"{name}={value}" if value else name for name, value in pairs if name in _SUBRESOURCES)
    text = "\n".join(
        [
            request.method,
            headers.get("content-md5", ""),
            headers.get("content-type", ""),
            claim.date,
            "".join(f"{name}:{headers[name]}\n" for name in sorted(headers) if name.startswith("x-oss-"))
            + f"/{request.bucket}/{request.key}"
            + (f"?{signed}" if signed else ""),
        ]
    )
    return base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha1).digest()).decode()


def is_timely(claim: Claim, now: datetime) -> bool:
    """Return whether a claim is neither from the future nor too old."""
    if claim.expires is None or now > claim.expires:
        return False
    if claim.date.isdigit():  # V1 in the query says until when, and not since when
        return True
    signed_at = _iso(claim.date) if claim.is_v4 else _rfc(claim.date)
    return signed_at is not None and signed_at - now <= _SKEW


def _until(date: datetime | None, lifetime: timedelta) -> datetime | None:
    return date + lifetime if date else None


def _epoch(text: str) -> datetime | None:
    """Read seconds since 1970, in as many digits as the next centuries need."""
    return datetime.fromtimestamp(int(text), UTC) if text.isascii() and text.isdigit() and len(text) <= 10 else None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _rfc(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).replace(tzinfo=UTC)
    except ValueError:
        return None
