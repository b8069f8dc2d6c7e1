"""R7016."""

from __future__ import annotations

from nestforge.lint.command_size import COMMAND_LIMIT, largest_parts
from nestforge.lint.command_text import commands_of
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R7016", severity="warning")
def growing_command(template: Template) -> Iterator[Finding]:
    """The content of a RunCommand can grow over what Cloud Assistant accepts.

    16 KB in Base64 are 12,288 bytes. Counted is the worst case that the buyer can bring about: the longest
    choice of each mapping and condition, and the longest value of each parameter and attribute.

    Bad:  a script of 9,000 bytes with a parameter of MaxLength 4000
    Good: a script of 9,000 bytes with a parameter of MaxLength 500
    """
    for command in commands_of(template):
        worst = max(command.texts, key=lambda text: text.size)
        if worst.size > COMMAND_LIMIT and all(text.written_size <= COMMAND_LIMIT for text in command.texts):
            message = f"'{command.resource}' can grow to {worst.size:,} bytes, expected at most {COMMAND_LIMIT:,}"
            yield Finding(template.span(command.content), message, largest_parts(worst, template))
