"""The Resource Orchestration Service, as publishing needs it."""

from __future__ import annotations

from typing import Protocol


class TemplateCheck(Protocol):
    """ROS's own check of a template: it costs nothing and creates nothing."""

    def validate_template(self, text: str) -> None:
        """Return if ROS takes the template; raise CloudRefused with its reason if not."""
