"""One step of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Action = Literal[
    "upload",
    "create",
    "update",
    "build",
    "release",
    "tag",
    "untag",
    "cancel",
    "register",
    "launch",
    "wait",
    "stop",
]
Kind = Literal["file", "artifact", "service", "registration"]


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to what, and why; a plan is executed change by change, and nothing else is done.

    `before` and `after` are shown to a person. `name` is the file's, the artifact's key, the service's
    or the registration's.
    """

    action: Action
    kind: Kind
    name: str
    field: str = ""
    before: str = ""
    after: str = ""
    reason: str = ""

    def __str__(self) -> str:
        text = f"{self.action} {self.kind} {self.name}"
        if self.field:
            text += f": {self.field}"
        if self.before or self.after:
            text += f": {_short(self.before) or '(nothing)'} -> {_short(self.after) or '(nothing)'}"
        return f"{text} ({self.reason})" if self.reason else text


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
