"""ClientTokens: a call repeated after its answer was lost is done once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.cloud.json_value import Json
    from nestforge.cloud.supplier import ServiceVersion

LENGTH = 48
"""The API takes up to 64 ASCII characters."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Makes a token from what is said, to whom, and from which state on.

    `attempt` lives until a run has come to its end, across processes that were killed. Without it, going
    back and forth between two contents would repeat a token, and the cloud would answer and do nothing.
    """

    attempt: str
    base: str

    def of(self, action: str, *said: Json) -> str:
        """Return the token of one call."""
        text = json.dumps([self.attempt, self.base, action, *said], sort_keys=True)
        return sha256(text.encode()).hexdigest()[:LENGTH]


def base_of(service: ServiceVersion | None) -> str:
    """Return what tells one state of the service from the next."""
    if service is None:
        return ""
    state = [service.version, service.status, service.registration_id, dict(service.definition)]
    return sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()
