"""Faults on demand, so that a caller's answer to a bad day can be tested."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError
from nestforge.sandbox.errors import ApiError
from nestforge.sandbox.operation_names import NAMES

if TYPE_CHECKING:
    from nestforge.sandbox.store import Store

KINDS = ("latency", "throttle", "unavailable", "internal-error", "refuse", "drop", "lose-reply")
_ACTIONS = {*(name for names in NAMES.values() for name in names), "PutObject", "GetObject", "HeadObject"}
_SPEC = re.compile(r"(?P<action>\w+)=(?P<kind>[a-z-]+)(?::(?P<seconds>\d+(\.\d+)?))?(?:@(?P<at>[1-9]\d*))?")


@dataclass(frozen=True, slots=True)
class Fault:
    """What the `at`-th call of `action` from now on meets, once. `PutObject` and `GetObject` are actions too.

    `latency` answers after `seconds`; `throttle` is HTTP 429, `unavailable` 503, `internal-error` 500,
    `refuse` 403; `drop` ends the connection before anything was done, `lose-reply` after it was done.
    """

    action: str
    kind: str
    at: int = 1
    seconds: float = 0.0

    def __str__(self) -> str:
        seconds = f":{self.seconds:g}" if self.seconds else ""
        return f"{self.action}={self.kind}{seconds}" + (f"@{self.at}" if self.at > 1 else "")


class NoSuchFault(NestforgeError):
    """A fault's text is not of the form that `sandbox start --fault` takes."""

    exit_code = 2

    def __init__(self, text: str) -> None:
        super().__init__(
            f"'{text}' is no fault",
            help="expected ACTION=KIND, ACTION=KIND@CALL, ACTION=latency:SECONDS or none, where ACTION is an operation "
            f"such as LaunchService or PutObject, and KIND one of {', '.join(KINDS)}",
        )


def parse_fault(text: str) -> Fault:
    """Read `LaunchService=lose-reply@2` or `GetService=latency:0.5`."""
    found = _SPEC.fullmatch(text)
    if found is None or found["action"] not in _ACTIONS or found["kind"] not in KINDS:
        raise NoSuchFault(text)
    if (found["kind"] == "latency") != bool(found["seconds"]):
        raise NoSuchFault(text)
    return Fault(found["action"], found["kind"], int(found["at"] or 1), float(found["seconds"] or 0))


def take_fault(store: Store, action: str) -> Fault | None:
    """Return the fault that this call of `action` meets, and count the call for the others."""
    waiting = store.faults()
    concerned = [fault for fault in waiting if fault.action == action]
    if not concerned:
        return None
    met = next((fault for fault in concerned if fault.at == 1), None)
    left = []
    for fault in waiting:
        if fault is met:
            continue
        left.append(replace(fault, at=max(fault.at - 1, 1)) if fault.action == action else fault)
    store.set_faults(left)
    return met


def refusal_of(fault: Fault | None) -> ApiError | None:
    """Return what the call is answered because of the fault, if it is answered at all."""
    match fault.kind if fault else "":
        case "throttle":
            return ApiError(429, "Throttling.User", "Request was denied due to user flow control.")
        case "unavailable":
            return ApiError(503, "ServiceUnavailable", "The request has failed due to a temporary failure.")
        case "internal-error":
            return ApiError(500, "InternalError", "The request processing has failed due to some unknown error.")
        case "refuse":
            return ApiError(403, "Forbidden.RAM", "User not authorized to operate on the specified resource.")
        case _:
            return None
