"""Object storage, as publishing needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from nestforge.cloud.supplier import UploadTicket


class ObjectStore(Protocol):
    """Writes objects. Raises CloudRefused or CloudUnreachable."""

    def put(self, ticket: UploadTicket, content: bytes, media_type: str) -> None:
        """Store `content` where the ticket says."""
