"""R7001."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.command_text import commands
from nestforge.lint.engine import Finding, rule
from nestforge.lint.worst_case import worst_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.template import Template

LIMIT = 12_288
"""Bytes: 16 KiB in Base64, which ALIYUN::ECS::RunCommand accepts."""


@rule("R7001")
def oversized_command(template: Template) -> Iterator[Finding]:
    """A command is larger than Cloud Assistant accepts, with the longest values that a buyer can choose.

    The creation of the stack fails when its hosts are there already, and paid for.

    Bad:  CommandContent with 13,000 bytes
    Good: CommandContent that fetches its larger part
    """
    for command in commands(template):
        size = worst_size(template, command.node)
        if size.bytes > LIMIT:
            message = f"the command can have {size.bytes:,} bytes, expected at most {LIMIT:,}"
            help = "move code to the archive that every node fetches, or bound the parameters more tightly"
            span = template.key_span("Resources", command.resource, "Properties", "CommandContent")
            yield Finding(span, message, help, command.resource)
