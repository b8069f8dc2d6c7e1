"""What publishing asks of the cloud, as Protocols; field names are the API's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Credentials:
    """A key; `token` only with temporary ones. Never shown."""

    access_key_id: str
    access_key_secret: str
    token: str = ""

    def __repr__(self) -> str:
        """Show nothing of the secret."""
        return f"Credentials({self.access_key_id[:4]}…)"


class Supplier(Protocol):
    """The Compute Nest supplier API: one method, because every operation has the same shape."""

    def call(self, action: str, parameters: dict[str, object]) -> dict[str, object]:
        """Perform `action` and return its answer. Raises CloudRefused and CloudUnreachable."""


class Objects(Protocol):
    """OSS, for files that are handed to Compute Nest."""

    def put(self, bucket: str, region: str, key: str, content: bytes, credentials: Credentials) -> None:
        """Upload an object. Raises CloudRefused and CloudUnreachable."""


class TemplateCheck(Protocol):
    """ROS's own look at a template."""

    def validate(self, template: str) -> None:
        """Return for a good template. Raises CloudRefused and CloudUnreachable."""
