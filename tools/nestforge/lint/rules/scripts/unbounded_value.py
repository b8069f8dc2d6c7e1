"""R7002."""

from __future__ import annotations

from nestforge.lint.command_text import commands_of
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R7002", severity="warning")
def unbounded_value(template: Template) -> Iterator[Finding]:
    """A parameter without a longest value reaches a RunCommand.

    Whether the command stays within its limit is then up to the buyer.

    Bad:  {Type: String}
    Good: {Type: String, MaxLength: 64, AllowedPattern: "^[a-z0-9-]*$"}
    """
    names = {
        name: command.resource
        for command in commands_of(template)
        for text in command.texts
        for chunk in text.chunks
        for name in chunk.unbounded
    }
    for name, resource in names.items():
        message = f"'{name}' reaches the command '{resource}' and can be of any length"
        help = "give it AllowedValues, MaxLength, or MinValue and MaxValue"
        yield Finding(template.span_of_key("Parameters", name), message, help)
