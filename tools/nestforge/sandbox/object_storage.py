"""The OSS side: PUT, GET and HEAD of objects in the sandbox's two buckets."""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from nestforge.sandbox.account import ACCESS_KEY_ID, ACCESS_KEY_SECRET, BUCKETS, PUBLIC_BUCKET
from nestforge.sandbox.errors import ApiError
from nestforge.sandbox.oss_signature import is_signed, is_timely, read_claim
from nestforge.sandbox.records import LoggedCall, StoredObject
from nestforge.sandbox.store import unusable
from nestforge.sandbox.sts import TIME, find

if TYPE_CHECKING:
    from datetime import datetime

    from nestforge.sandbox.oss_signature import Claim, OssRequest
    from nestforge.sandbox.store import Store

ACTIONS = {"PUT": "PutObject", "GET": "GetObject", "HEAD": "HeadObject"}


def answer(
    store: Store, request: OssRequest, body: bytes, now: datetime, refusal: ApiError | None
) -> StoredObject | ApiError:
    """Return the object that was stored or asked for, or why not. With `refusal` nothing is done."""
    try:
        with store.transaction():
            result: StoredObject | ApiError = refusal or _perform(store, request, body, now)
    except ApiError as error:
        result = error
    except sqlite3.Error as error:
        return ApiError(500, "InternalError", unusable(store.path, error).message)
    status, code = (result.status, result.code) if isinstance(result, ApiError) else (200, "")
    logged = LoggedCall(
        now.strftime(TIME),
        ACTIONS.get(request.method, request.method),
        status,
        {"Bucket": request.bucket, "Key": request.key, "Size": len(body)},
        {"Code": code} if code else {},
    )
    with suppress(sqlite3.Error), store.transaction():  # what was done is done, and answered so
        store.log_call(logged)
    return result


def error_document(error: ApiError, request_id: str) -> str:
    """Return the XML that OSS answers."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{error.code}</Code><Message>{escape(error.message)}</Message>"
        f"<RequestId>{request_id}</RequestId></Error>\n"
    )


def entity_tag(stored: StoredObject) -> str:
    """Return OSS's ETag of an object: its MD5."""
    return f'"{hashlib.md5(stored.content).hexdigest().upper()}"'


def _perform(store: Store, request: OssRequest, body: bytes, now: datetime) -> StoredObject:
    if request.method not in ACTIONS:
        raise ApiError(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
    if request.bucket not in BUCKETS.values():
        raise ApiError(404, "NoSuchBucket", "The specified bucket does not exist.")
    _check_access(store, request, now)
    found = store.stored_object(request.bucket, request.key)
    if request.method == "PUT":
        _check_content(request, body, exists=found is not None)
        content_type = request.headers.get("content-type") or "application/octet-stream"
        found = StoredObject(request.bucket, request.key, content_type, body)
        store.put_object(found)
    if found is None:
        raise ApiError(404, "NoSuchKey", "The specified key does not exist.")
    return found


def _check_access(store: Store, request: OssRequest, now: datetime) -> None:
    claim = read_claim(request)
    writes = request.method == "PUT"
    if claim is None:
        if writes or not (request.bucket == PUBLIC_BUCKET or _is_delivered(store, request)):
            raise ApiError(403, "AccessDenied", "The bucket you access does not allow anonymous access.")
        return
    temporary = find(store, claim.access_key_id)
    if temporary is None and claim.access_key_id != ACCESS_KEY_ID:
        raise ApiError(403, "InvalidAccessKeyId", "The OSS Access Key Id you provided does not exist in our records.")
    if not is_signed(request, claim, temporary.access_key_secret if temporary else ACCESS_KEY_SECRET):
        message = "The request signature we calculated does not match the signature you provided."
        raise ApiError(403, "SignatureDoesNotMatch", message)
    if not is_timely(claim, now):
        message = "The difference between the request time and the current time is too large."
        raise ApiError(403, "RequestTimeTooSkewed", message)
    if temporary is None:
        if writes:  # the buckets are Compute Nest's, not the supplier's; that the supplier may read is [assumed]
            raise ApiError(403, "AccessDenied", "You have no right to write; use GetUploadCredentials.")
        return
    _check_token(claim, temporary.security_token, temporary.expires, now)
    if not temporary.opens(request.bucket, request.key):
        raise ApiError(403, "AccessDenied", "The credentials were given for another object.")


def _is_delivered(store: Store, request: OssRequest) -> bool:
    """Return whether a host of a deployment asks for the file of an artifact, by the address in its template.

    That it needs no signature within the cloud is [assumed]: the documentation of file packages shows a plain
    `wget` of the address.
    """
    host = request.headers.get("host", "").partition(":")[0]
    if not host.endswith("-internal.aliyuncs.com"):
        return False
    address = f"/{request.key}"
    files = (json.loads(str(a.fields.get("ArtifactProperty", "{}"))) for a in store.artifacts())
    return any(urlsplit(str(file.get("Url"))).path in (address, quote(address)) for file in files)


def _check_token(claim: Claim, token: str, expires: str, now: datetime) -> None:
    if claim.token != token:
        raise ApiError(403, "InvalidSecurityToken", "The security token you provided is invalid.")
    if now.strftime(TIME) > expires:
        raise ApiError(403, "SecurityTokenExpired", "The security token you provided has expired.")


def _check_content(request: OssRequest, body: bytes, *, exists: bool) -> None:
    digest = request.headers.get("content-md5")
    if digest and digest != base64.b64encode(hashlib.md5(body).digest()).decode():
        raise ApiError(400, "InvalidDigest", "The Content-MD5 you specified was invalid.")
    if exists and request.headers.get("x-oss-forbid-overwrite", "").lower() == "true":
        raise ApiError(409, "FileAlreadyExists", "The object you specified already exists and can not be overwritten.")
