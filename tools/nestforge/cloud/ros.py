"""The Resource Orchestration Service, as publishing and deploying need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class TemplateCheck(Protocol):
    """ROS's own check of a template: it costs nothing and creates nothing."""

    def validate_template(self, text: str) -> None:
        """Return if ROS takes the template; raise CloudRefused with its reason if not."""


@dataclass(frozen=True, slots=True)
class StackEvent:
    """What happened to a stack, or to a resource in it."""

    event_id: str
    time: str
    resource: str
    type: str
    status: str
    message: str


class StackEvents(Protocol):
    """What happens while a stack is created or deleted."""

    def stack_events(self, stack_id: str) -> tuple[StackEvent, ...]:
        """Return all events, the oldest first. Raises CloudRefused or CloudUnreachable."""
