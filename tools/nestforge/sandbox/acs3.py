"""Check a request's ACS3-HMAC-SHA256 signature as strictly as the gateway does.

Source: the signing code of alibabacloud-tea-openapi 0.4.6 (`utils.py`), read from the other side.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote

from nestforge.sandbox.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Mapping

ALGORITHM = "ACS3-HMAC-SHA256"
_SKEW = timedelta(minutes=15)
_AUTHORIZATION = re.compile(
    rf"{ALGORITHM} Credential=(?P<key>[^,]+),SignedHeaders=(?P<signed>[^,]+),Signature=(?P<signature>[0-9a-f]{{64}})"
)
_ALWAYS_SIGNED = ("host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce")


def check_signature(
    *,
    method: str,
    path: str,
    query: str,
    headers: Mapping[str, str],
    body: bytes,
    access_key_id: str,
    access_key_secret: str,
    now: datetime,
) -> str:
    """Return the nonce of a request that is signed by the key; raise ApiError for any other.

    `headers` are keyed in lower case, `query` is raw. The caller refuses a nonce that it has seen before.
    """
    found = _AUTHORIZATION.fullmatch(headers.get("authorization", ""))
    if found is None:
        raise ApiError(400, "IncompleteSignature", f"The Authorization header is not of the form {ALGORITHM}.")
    if not hmac.compare_digest(found["key"], access_key_id):
        raise ApiError(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
    signed = found["signed"].split(";")
    unsigned = [n for n in headers if n.startswith("x-acs-") and n not in signed]
    absent = [n for n in _ALWAYS_SIGNED if n not in signed or n not in headers]
    if unsigned or absent:
        raise ApiError(400, "IncompleteSignature", f"These headers must be signed: {', '.join(unsigned + absent)}.")
    _check_date(headers["x-acs-date"], now)
    digest = hashlib.sha256(body).hexdigest()
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    canonical = "\n".join(
        [
            method,
            path,
            "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in pairs),
            "".join(f"{name}:{headers.get(name, '').strip()}\n" for name in signed),
            found["signed"],
            headers["x-acs-content-sha256"],
        ]
    )
    text = f"{ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    wanted = hmac.new(access_key_secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    if digest != headers["x-acs-content-sha256"] or not hmac.compare_digest(wanted, found["signature"]):
        raise ApiError(
            400,
            "SignatureDoesNotMatch",
            "Specified signature is not matched with our calculation. Server string to sign is:" + text,
        )
    return headers["x-acs-signature-nonce"]


def _check_date(text: str, now: datetime) -> None:
    try:
        date = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise ApiError(
            400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted."
        ) from None
    if abs(now - date) > _SKEW:
        raise ApiError(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.")
