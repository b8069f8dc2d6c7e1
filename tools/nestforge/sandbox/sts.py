"""Short-lived credentials: for OSS alone, the supplier API does not know them."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.sandbox.store import Store

TIME = "%Y-%m-%dT%H:%M:%SZ"
_LIFETIME = timedelta(hours=1)
_KIND = "sts "


@dataclass(frozen=True, slots=True)
class TemporaryCredentials:
    """A key, its secret and token, what it may read and write, and until when.

    `object_key` is one object's, or a folder's, which ends in a slash and stands for all below it.
    """

    access_key_id: str
    access_key_secret: str
    security_token: str
    bucket: str
    object_key: str
    expires: str

    def opens(self, bucket: str, key: str) -> bool:
        """Return whether these credentials were given for the object."""
        folder = self.object_key.endswith("/")
        return bucket == self.bucket and (key.startswith(self.object_key) if folder else key == self.object_key)


def issue(store: Store, now: str, bucket: str, object_key: str) -> TemporaryCredentials:
    """Return new credentials for one object or one folder; [assumed], the policy of the cloud may allow more."""
    expires = datetime.strptime(now, TIME).replace(tzinfo=UTC) + _LIFETIME
    credentials = TemporaryCredentials(
        f"STS.{secrets.token_hex(12)}",
        secrets.token_hex(20),
        secrets.token_hex(40),
        bucket,
        object_key,
        expires.strftime(TIME),
    )
    store.set_setting(f"{_KIND}{credentials.access_key_id}", json.dumps(asdict(credentials)))
    return credentials


def find(store: Store, access_key_id: str) -> TemporaryCredentials | None:
    """Return the credentials of an access key id, expired ones too."""
    text = store.setting(f"{_KIND}{access_key_id}", "")
    return TemporaryCredentials(**json.loads(text)) if text else None
