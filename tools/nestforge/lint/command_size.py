"""The limits of a command and of user data, and what takes the room."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.lint.command_text import CommandText
    from nestforge.sources.template import Template

COMMAND_LIMIT = 16 * 1024 * 3 // 4
"""Bytes before Base64. ROS manual, ALIYUN::ECS::RunCommand: at most 16 KB after encoding."""

USER_DATA_LIMIT = 32 * 1024
"""Bytes before Base64. ROS manual, ALIYUN::ECS::Instance and ALIYUN::ECS::InstanceGroup, UserData."""

MOST_PARAMETERS = 10
"""ROS manual, ALIYUN::ECS::RunCommand, Parameters."""

_SHOWN = 3


def largest_parts(text: CommandText, template: Template) -> str:
    """Return where the largest parts of a command come from, as a help line."""
    sizes: dict[str, int] = {}
    for chunk in text.chunks:
        part = template.source_of(chunk.line) if chunk.advances else "the values of the deployment"
        sizes[part] = sizes.get(part, 0) + chunk.size
    largest = sorted(sizes.items(), key=lambda part: -part[1])[:_SHOWN]
    return "the largest parts: " + "; ".join(f"{size:,} bytes from {part}" for part, size in largest)
