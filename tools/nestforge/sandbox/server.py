"""The HTTP side: one loopback port for the RPC APIs, OSS, and a page to look at."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

from aiohttp import web

from nestforge.sandbox.acs3 import check_signature
from nestforge.sandbox.call import BUCKET, Call
from nestforge.sandbox.errors import ApiError
from nestforge.sandbox.faults import Faults
from nestforge.sandbox.operation_names import NAMES
from nestforge.sandbox.operations.table import OPERATIONS
from nestforge.sandbox.oss_signature import access_key_of, is_signed
from nestforge.sandbox.page import page_of
from nestforge.sandbox.parameters import Parameters
from nestforge.sandbox.store import Store, StoredObject
from nestforge.sandbox.sts import TIME, find

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ACCESS_KEY_ID = "LTAI-sandbox"
ACCESS_KEY_SECRET = "sandbox-secret-which-opens-nothing-else"  # of the emulator, printed by `status`
LONGEST_REQUEST_LINE = 8 * 1024 * 1024
LARGEST_BODY = 256 * 1024 * 1024
_NONCES_KEPT = timedelta(hours=1)
_SECRET_PARAMETERS = ("securitytoken", "accesskeysecret", "password")


class Sandbox:
    """The emulator's request handlers over one state folder."""

    def __init__(
        self,
        folder: Path,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        faults: Faults | None = None,
    ) -> None:
        self.store = Store(folder)
        self.clock = clock
        self.faults = faults or Faults()

    def application(self) -> web.Application:
        """Return the server."""
        app = web.Application(
            client_max_size=LARGEST_BODY,
            handler_args={"max_line_size": LONGEST_REQUEST_LINE, "max_field_size": LONGEST_REQUEST_LINE},
        )
        app.router.add_route("*", "/{tail:.*}", self.handle)
        return app

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request: by its Host and headers an object, an operation, or the page."""
        host = request.headers.get("Host", "").rsplit(":", 1)[0].strip("[]")
        bucket, _, rest = host.partition(".")
        virtual = bucket == BUCKET and (rest.startswith("oss-") or rest in ("127.0.0.1", "localhost"))
        if not virtual and host not in ("127.0.0.1", "localhost", "::1"):
            # A page elsewhere must not reach the sandbox through a name that it controls.
            return web.Response(status=421, text="the sandbox answers to loopback names only\n")
        path = unquote(request.url.raw_path).lstrip("/")
        body = await request.read()
        if virtual:
            return self.oss(request, BUCKET, path, body)
        if "x-acs-action" in request.headers:
            return self.rpc(request, body)
        if path.startswith(f"{BUCKET}/"):
            return self.oss(request, BUCKET, path.removeprefix(f"{BUCKET}/"), body)
        if request.method == "GET" and path == "health":
            return web.Response(text="ok\n")
        if request.method in ("GET", "HEAD") and not path.startswith("."):
            return web.Response(text=page_of(self.store), content_type="text/html")
        return web.Response(status=404, text="there is nothing here\n")

    # The RPC APIs

    def rpc(self, request: web.Request, body: bytes) -> web.StreamResponse:
        """Answer an operation; the call and its answer are logged, secrets masked."""
        action = request.headers["x-acs-action"]
        flat = dict(parse_qsl(request.url.raw_query_string, keep_blank_values=True))
        if request.content_type == "application/x-www-form-urlencoded":
            flat |= dict(parse_qsl(body.decode(), keep_blank_values=True))
        fault = self.faults.next_for(action)
        if fault == "drop":
            return self._cut(request)
        now = self.clock()
        try:
            if fault is not None and fault != "lose-reply":
                raise _injected(fault)
            status, reply = 200, self._perform(request, body, action, flat, now)
        except ApiError as error:
            status, reply = error.status, {"Code": error.code, "Message": error.message}
        reply = {**reply, "RequestId": str(secrets.token_hex(16)).upper()}
        with self.store.transaction():
            self.store.log_call(now.strftime(TIME), action, status, _masked(flat), reply)
        if fault == "lose-reply":
            return self._cut(request)
        return web.json_response(reply, status=status)

    def _perform(
        self, request: web.Request, body: bytes, action: str, flat: dict[str, str], now: datetime
    ) -> dict[str, object]:
        headers = {name.lower(): value for name, value in request.headers.items()}
        nonce = check_signature(
            method=request.method,
            path=request.url.raw_path,
            query=request.url.raw_query_string,
            headers=headers,
            body=body,
            access_key_id=ACCESS_KEY_ID,
            access_key_secret=ACCESS_KEY_SECRET,
            now=now,
        )
        with self.store.transaction():
            oldest = (now - _NONCES_KEPT).isoformat()
            if not self.store.remember_nonce(nonce, now.isoformat(), oldest):
                raise ApiError(400, "SignatureNonceUsed", "Specified signature nonce was used already.")
        version = request.headers.get("x-acs-version", "")
        operation = OPERATIONS.get(version, {}).get(action)
        if operation is None:
            raise _unknown(version, action)
        call = Call(Parameters(flat), self.store, now.strftime(TIME))
        with self.store.transaction():
            return self._once(call, action, lambda: operation(call))

    def _once(self, call: Call, action: str, perform: Callable[[], dict[str, object]]) -> dict[str, object]:
        """Perform a call, or give the first answer again where its ClientToken was used before."""
        token = call.parameters.text("ClientToken")
        if not token:
            return perform()
        fingerprint = hashlib.sha256(json.dumps(call.parameters.flat, sort_keys=True).encode()).hexdigest()
        if before := self.store.answered(action, token):
            if before[0] != fingerprint:
                message = "The ClientToken was used before with other parameters."
                raise ApiError(400, "IdempotentParameterMismatch", message)
            return before[1]
        reply = perform()
        self.store.remember_answer(action, token, fingerprint, reply)
        return reply

    # OSS

    def oss(self, request: web.Request, bucket: str, name: str, body: bytes) -> web.StreamResponse:
        """Store or return an object."""
        action = {"PUT": "PutObject", "GET": "GetObject", "HEAD": "HeadObject"}.get(request.method)
        fault = self.faults.next_for(action or "")
        if fault == "drop":
            return self._cut(request)
        if fault is not None and fault != "lose-reply":
            error = _injected(fault)
            status, code = error.status, error.code
        else:
            status, code = self._oss_refusal(request, bucket, name, action)
        if status == 200 and action == "PutObject":
            with self.store.transaction():
                self.store.put_object(StoredObject(bucket, name, request.content_type, body))
        found = self.store.stored_object(bucket, name) if status == 200 else None
        if status == 200 and found is None:
            status, code = 404, "NoSuchKey"
        with self.store.transaction():
            self.store.log_call(
                self.clock().strftime(TIME), action or request.method, status, {"Key": name}, {"Code": code}
            )
        if fault == "lose-reply":
            return self._cut(request)
        if status != 200 or found is None:
            return _oss_error(status, code)
        etag = f'"{hashlib.md5(found.content).hexdigest().upper()}"'  # OSS's own ETag is an MD5
        headers = {"ETag": etag, "x-oss-request-id": secrets.token_hex(12).upper()}
        if action == "GetObject":
            return web.Response(body=found.content, content_type=found.type, headers=headers)
        if action == "HeadObject":
            headers["Content-Length"] = str(len(found.content))
        return web.Response(headers=headers)

    def _oss_refusal(self, request: web.Request, bucket: str, name: str, action: str | None) -> tuple[int, str]:
        if action is None:
            return 405, "MethodNotAllowed"
        headers = {key.lower(): value for key, value in request.headers.items()}
        authorization = headers.get("authorization", "")
        if not authorization:
            public = name.startswith("public/") and action != "PutObject"
            return (200, "") if public else (403, "AccessDenied")
        key = access_key_of(authorization)
        temporary = find(self.store, key) if key else None
        secret = temporary.access_key_secret if temporary else ACCESS_KEY_SECRET
        if key is None or (temporary is None and key != ACCESS_KEY_ID):
            return 403, "InvalidAccessKeyId"
        query = request.url.raw_query_string
        if not is_signed(method=request.method, bucket=bucket, key=name, query=query, headers=headers, secret=secret):
            return 403, "SignatureDoesNotMatch"
        if temporary is not None:
            if headers.get("x-oss-security-token") != temporary.security_token:
                return 403, "InvalidSecurityToken"
            if self.clock().strftime(TIME) > temporary.expires:
                return 403, "SecurityTokenExpired"
            if temporary.object_name != name:
                return 403, "AccessDenied"
        return 200, ""

    def _cut(self, request: web.Request) -> web.StreamResponse:
        """End the connection without an answer."""
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


def _injected(fault: str) -> ApiError:
    return {
        "throttle": ApiError(429, "Throttling.User", "Request was denied due to user flow control."),
        "unavailable": ApiError(503, "ServiceUnavailable", "The request has failed due to a temporary failure."),
        "refuse": ApiError(403, "Forbidden.RAM", "User not authorized to operate on the specified resource."),
    }[fault]


def _unknown(version: str, action: str) -> ApiError:
    if action in NAMES.get(version, ()):
        message = f"The sandbox does not emulate {action} yet; Alibaba Cloud has it."
        return ApiError(501, "UnsupportedOperation", message)
    return ApiError(404, "InvalidAction.NotFound", f"Specified api {action} of version {version} is not found.")


def _oss_error(status: int, code: str) -> web.Response:
    text = f'<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>{code}</Message></Error>'
    return web.Response(status=status, text=text, content_type="application/xml")


def _masked(flat: dict[str, str]) -> dict[str, str]:
    return {
        name: "***" if name.lower().rpartition(".")[2] in _SECRET_PARAMETERS else value for name, value in flat.items()
    }
