"""Short-lived credentials for OSS."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.sandbox.store import Store

TIME = "%Y-%m-%dT%H:%M:%SZ"
_LIFETIME = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TemporaryCredentials:
    """A key, its secret and token, what it may write (empty: nothing), and until when."""

    access_key_id: str
    access_key_secret: str
    security_token: str
    object_name: str
    expires: str


def issue(store: Store, now: str, object_name: str) -> TemporaryCredentials:
    """Return new credentials that may write `object_name`."""
    expires = datetime.strptime(now, TIME) + _LIFETIME
    credentials = TemporaryCredentials(
        f"STS.{secrets.token_hex(12)}",
        secrets.token_hex(20),
        secrets.token_hex(40),
        object_name,
        expires.strftime(TIME),
    )
    store.set_setting(f"sts {credentials.access_key_id}", json.dumps(asdict(credentials)))
    return credentials


def find(store: Store, access_key_id: str) -> TemporaryCredentials | None:
    """Return the credentials of an access key id."""
    text = store.setting(f"sts {access_key_id}", "")
    return TemporaryCredentials(**json.loads(text)) if text else None
