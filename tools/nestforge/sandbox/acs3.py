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
LONGEST_AGE = timedelta(minutes=15)
_AUTHORIZATION = re.compile(
    rf"{ALGORITHM} Credential=(?P<key>[^,]+),SignedHeaders=(?P<signed>[^,]+),Signature=(?P<signature>[0-9a-f]{{64}})"
)
_ALWAYS_SIGNED = (
    "host",
    "x-acs-action",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-signature-nonce",
    "x-acs-version",
)


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

    `headers` are keyed in lower case, `path` and `query` are as they stand in the request line. The caller
    refuses a nonce that it has seen before.
    """
    found = _AUTHORIZATION.fullmatch(headers.get("authorization", ""))
    if found is None:
        raise _incomplete(f"The Authorization header is not of the form {ALGORITHM}.")
    if not hmac.compare_digest(found["key"].encode(), access_key_id.encode()):
        raise ApiError(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.")
    signed = found["signed"].split(";")
    unsigned = [name for name in headers if name.startswith("x-acs-") and name not in signed]
    absent = [name for name in _ALWAYS_SIGNED if name not in signed or name not in headers]
    if unsigned or absent:
        raise _incomplete(f"These headers must be there and signed: {', '.join([*unsigned, *absent])}.")
    _check_date(headers["x-acs-date"], now)
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    canonical = "\n".join(
        [
            method,
            path,
            "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in pairs),
            "".join(f"{name}:{headers.get(name, '').strip()}\n" for name in signed),
            found["signed"],
            hashlib.sha256(body).hexdigest(),
        ]
    )
    text = f"{ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    wanted = hmac.new(access_key_secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(wanted, found["signature"]):
        raise ApiError(
            400,
            "SignatureDoesNotMatch",
            f"Specified signature is not matched with our calculation. Server string to sign is: {text}",
        )
    return headers["x-acs-signature-nonce"]


def _incomplete(why: str) -> ApiError:
    return ApiError(400, "IncompleteSignature", f"The request signature does not conform to standards: {why}")


def _check_date(text: str, now: datetime) -> None:
    try:
        date = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise ApiError(
            400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted."
        ) from None
    if abs(now - date) > LONGEST_AGE:
        raise ApiError(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.")
