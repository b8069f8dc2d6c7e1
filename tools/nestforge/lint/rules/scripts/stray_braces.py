"""R7003."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.artifact_use import PLACEHOLDER
from nestforge.lint.command_text import commands, literal_parts
from nestforge.lint.engine import Finding, rule
from nestforge.lint.template import node_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.template import Template


@rule("R7003")
def stray_braces(template: Template) -> Iterator[Finding]:
    """A command holds `{{` that is no placeholder of Compute Nest.

    Cloud Assistant and Compute Nest both fill in what stands in double braces, so the script that runs is
    not the one that was written.

    Bad:  docker inspect --format '{{.State.Status}}' llm-server
    Good: docker inspect llm-server | python3 -c '…'
    """
    for command in commands(template):
        for part in literal_parts(template, command.node):
            for line, text in node_lines(part):
                rest = PLACEHOLDER.sub("", text)
                if "{{" in rest:
                    written = rest[rest.index("{{") :].split("}}")[0]
                    help = "ask for JSON instead of a format, or put a space between the braces"
                    message = "double braces in a command are filled in before it runs"
                    yield Finding(template.place(line, written), message, help, command.resource)
