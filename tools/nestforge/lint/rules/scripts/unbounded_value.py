"""R7002."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.command_text import commands
from nestforge.lint.engine import Finding, rule
from nestforge.lint.worst_case import worst_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.template import Template


@rule("R7002")
def unbounded_value(template: Template) -> Iterator[Finding]:
    """A value without a bound stands in a command, so that nothing keeps the command within its limit.

    A text is bounded by `AllowedValues` or `MaxLength`, a number by `MinValue` and `MaxValue`.

    Bad:  ApiKey: {Type: String}, used in CommandContent
    Good: ApiKey: {Type: String, MaxLength: 64}, used in CommandContent
    """
    for command in commands(template):
        for name in sorted(worst_size(template, command.node).unbounded):
            known = name in template.parameters
            section, entry, way = ("Parameters", name, ()) if known else _content(command.resource)
            help = "give it AllowedValues, MaxLength, or MinValue and MaxValue" if known else "pass it another way"
            message = f"'{name}' stands in the command of '{command.resource}' and has no bound"
            yield Finding(template.key_span(section, entry, *way), message, help, name)


def _content(resource: str) -> tuple[str, str, tuple[str, ...]]:
    return "Resources", resource, ("Properties", "CommandContent")
