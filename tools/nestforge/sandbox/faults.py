"""Faults on demand, so that a caller's answer to a bad day can be tested."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("throttle", "unavailable", "refuse", "drop", "lose-reply")


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to the `at`-th call of `action` from now on; `PutObject` is an upload.

    `throttle` is HTTP 429, `unavailable` 503, `refuse` 403, `drop` ends the connection before anything
    was done, `lose-reply` after it was done.
    """

    action: str
    kind: str
    at: int = 1


class Faults:
    """The faults that are still to come."""

    def __init__(self, faults: tuple[Fault, ...] = ()) -> None:
        self.waiting = list(faults)

    def next_for(self, action: str) -> str | None:
        """Return the kind of fault that this call of `action` meets, and count it."""
        met: str | None = None
        later: list[Fault] = []
        for fault in self.waiting:
            if fault.action != action:
                later.append(fault)
            elif fault.at > 1:
                later.append(Fault(action, fault.kind, fault.at - 1))
            elif met is None:
                met = fault.kind
            else:
                later.append(fault)
        self.waiting = later
        return met
