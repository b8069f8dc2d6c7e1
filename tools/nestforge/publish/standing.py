"""What a publish has changed of what buyers see, to be told when it is stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.cloud.errors import CloudBusy, CloudRefused
from nestforge.publish.errors import FailedOnTarget

if TYPE_CHECKING:
    from nestforge.model.errors import NestforgeError

UNTOUCHED = "what is online is as it was"
NEWER_SOURCES = "the newer sources are not there yet"
TAGS = "its tags are not all there yet"
COMPARISON = "it has not been compared with what was sent"


@dataclass(slots=True)
class Standing:
    """Empty until something that buyers see was changed."""

    text: str = ""

    def launched(self, version: str) -> None:
        """Note that a launch was accepted."""
        self.text = f"version {version} was launched, and it is not known yet whether it is online"

    def failed(self) -> None:
        """Note that the launch did not go well: what was online before stays."""
        self.text = ""

    def online(self, version: str, lacking: str = "") -> None:
        """Note that this version is online, changed by this publish."""
        self.text = f"version {version} is online" + (f"; {lacking}" if lacking else "")

    def told_in(self, error: NestforgeError) -> None:
        """Put what is known before the error's own help."""
        text = self.text
        if not text and isinstance(error, CloudRefused | FailedOnTarget) and not isinstance(error, CloudBusy):
            text = UNTOUCHED
        error.help = "; ".join(part for part in (text, error.help) if part) or None
