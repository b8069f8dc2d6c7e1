"""The RPC side: check the signature, perform the operation, log the call."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import sqlite3
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from nestforge.evaluate.data import SecretText
from nestforge.sandbox.account import ACCESS_KEY_ID, ACCESS_KEY_SECRET
from nestforge.sandbox.acs3 import LONGEST_AGE, check_signature
from nestforge.sandbox.call import Call
from nestforge.sandbox.errors import ApiError, not_emulated
from nestforge.sandbox.operation_names import NAMES
from nestforge.sandbox.operations.table import OPERATIONS
from nestforge.sandbox.parameters import Parameters
from nestforge.sandbox.records import LoggedCall
from nestforge.sandbox.store import unusable
from nestforge.sandbox.sts import TIME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from nestforge.sandbox.operations.table import Operation
    from nestforge.sandbox.stacks.engine import StackEngine
    from nestforge.sandbox.store import Store

# A nonce cannot come back later than the oldest date that is taken.
_NONCES_KEPT = 2 * LONGEST_AGE + timedelta(minutes=1)
_SECRET = re.compile(r"password|passwd|secret|securitytoken|apikey|accesskeyid", re.IGNORECASE)
_TEMPLATE_PARAMETERS = re.compile(r"Parameters(\.\d+\.ParameterValue)?")
_ANYWHERE = {"RegionId", "ClientToken"}
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RpcRequest:
    """A request as it came: names of headers in lower case, path and query as they stand in the request line."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def action(self) -> str:
        """The operation's name."""
        return self.headers.get("x-acs-action", "")


def answer(
    store: Store, engine: StackEngine, request: RpcRequest, now: datetime, refusal: ApiError | None
) -> tuple[int, dict[str, object]]:
    """Return status and body. With `refusal` nothing is done and that is the answer."""

    def perform(flat: dict[str, str], shown: dict[str, str]) -> dict[str, object]:
        flat |= _parameters(request)
        if refusal is not None:
            raise refusal
        return _perform(store, engine, request, flat, now, shown)

    return _answered(store, request.action, now, perform)


def answer_console(
    store: Store, engine: StackEngine, operation: tuple[str, str], flat: dict[str, str], now: datetime
) -> tuple[int, dict[str, object]]:
    """Do what the console asks for, which has shown its token: there is no signature to check.

    `operation` is the version of the API and the action.
    """
    version, action = operation

    def perform(asked: dict[str, str], shown: dict[str, str]) -> dict[str, object]:
        asked |= flat
        call = Call(Parameters(flat), store, now.strftime(TIME), engine, shown)
        with store.transaction():
            return _once(call, action, OPERATIONS[version][action])

    return _answered(store, action, now, perform)


def _answered(
    store: Store, action: str, now: datetime, perform: Callable[[dict[str, str], dict[str, str]], dict[str, object]]
) -> tuple[int, dict[str, object]]:
    """Return status and body, and log the call; `perform` notes its parameters, and what the log shows of them."""
    flat: dict[str, str] = {}
    shown: dict[str, str] = {}
    try:
        status, reply = 200, perform(flat, shown)
    except ApiError as error:
        status, reply = error.status, {"Code": error.code, "Message": error.message}
    except sqlite3.Error as error:
        why = unusable(store.path, error).message
        return 500, {"Code": "InternalError", "Message": why, "RequestId": _request_id()}
    except Exception as error:  # a bug, such as for input that nobody thought of: the answer stays JSON
        _LOGGER.exception("a bug in %s", action)
        why = f"a bug of the sandbox, {type(error).__name__}; see its server.log"
        status, reply = 500, {"Code": "InternalError", "Message": why}
    reply = {**reply, "RequestId": _request_id()}
    logged = LoggedCall(now.strftime(TIME), action, status, _masked_request(flat, shown), _masked(reply))
    with suppress(sqlite3.Error), store.transaction():  # what was done is done, and answered so
        store.log_call(logged)
    return status, reply


def _request_id() -> str:
    return str(uuid.uuid4()).upper()


def _parameters(request: RpcRequest) -> dict[str, str]:
    pairs = parse_qsl(request.query, keep_blank_values=True)
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        try:
            pairs += parse_qsl(request.body.decode(), keep_blank_values=True)
        except UnicodeDecodeError:
            raise ApiError(400, "InvalidParameter", "The request body is not UTF-8.") from None
    return dict(pairs)


def _perform(
    store: Store, engine: StackEngine, request: RpcRequest, flat: dict[str, str], now: datetime, shown: dict[str, str]
) -> dict[str, object]:
    nonce = check_signature(
        method=request.method,
        path=request.path,
        query=request.query,
        headers=request.headers,
        body=request.body,
        access_key_id=ACCESS_KEY_ID,
        access_key_secret=ACCESS_KEY_SECRET,
        now=now,
    )
    with store.transaction():
        if not store.remember_nonce(nonce, now.isoformat(), (now - _NONCES_KEPT).isoformat()):
            raise ApiError(400, "SignatureNonceUsed", "Specified signature nonce was used already.")
    version = request.headers["x-acs-version"]
    operation = OPERATIONS.get(version, {}).get(request.action)
    if operation is None:
        raise _unknown(version, request.action)
    call = Call(Parameters(flat), store, now.strftime(TIME), engine, shown)
    with store.transaction():
        return _once(call, request.action, operation)


def _once(call: Call, action: str, operation: Operation) -> dict[str, object]:
    """Perform a call, or give the first answer again where its ClientToken was used before."""
    token = call.parameters.client_token()
    fingerprint = hashlib.sha256(json.dumps(call.parameters.flat, sort_keys=True).encode()).hexdigest()
    if token is not None and (before := call.store.answered(action, token)):
        if before[0] != fingerprint:
            message = "The ClientToken was used before with other parameters."
            raise ApiError(400, "IdempotentParameterMismatch", message)
        return before[1]
    call.parameters.require(operation.needs)
    reply = _without_nothing(operation.perform(call))
    if surplus := [name for name in call.parameters.unread() if name not in _ANYWHERE]:
        raise not_emulated(f"{', '.join(surplus)} of {action}")
    if token is not None:
        call.store.remember_answer(action, token, fingerprint, reply)
    return reply


def _unknown(version: str, action: str) -> ApiError:
    if action in NAMES.get(version, ()):
        return not_emulated(action)
    message = f"Specified api {action} of version {version} is not found, please check your url and method."
    return ApiError(404, "InvalidAction.NotFound", message)


def _without_nothing(reply: Mapping[str, object]) -> dict[str, object]:
    """Leave out what has no value, as the cloud does."""
    return {name: _cleaned(value) for name, value in reply.items() if value is not None}


def _cleaned(value: object) -> object:
    if isinstance(value, dict):
        return _without_nothing(value)
    return [_cleaned(item) for item in value] if isinstance(value, list) else value


def _masked(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: "***" if isinstance(value, str) and _SECRET.search(name) else _shown(value)
        for name, value in values.items()
    }


def _shown(value: object) -> object:
    if isinstance(value, dict):
        return _masked(value)
    if isinstance(value, list):
        return [_shown(item) for item in value]
    return value.shown if isinstance(value, SecretText) else value


def _masked_request(flat: Mapping[str, str], shown: Mapping[str, str]) -> dict[str, object]:
    """Mask the values of a template's parameters, but for what the operation says can be shown of them."""
    masked = {name: "***" if _TEMPLATE_PARAMETERS.fullmatch(name) else value for name, value in flat.items()}
    return _masked({**masked, **shown})
