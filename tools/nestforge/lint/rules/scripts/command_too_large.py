"""R7001."""

from __future__ import annotations

from nestforge.lint.command_size import COMMAND_LIMIT, largest_parts
from nestforge.lint.command_text import commands_of
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R7001")
def command_too_large(template: Template) -> Iterator[Finding]:
    """The content of a RunCommand is larger than what Cloud Assistant accepts.

    16 KB in Base64 are 12,288 bytes. Counted is what is written, in the longest choice of each mapping and
    condition; R7016 counts the values of the deployment too.

    Bad:  a script of 13,000 bytes in CommandContent
    Good: a script of 4,000 bytes that fetches the rest
    """
    for command in commands_of(template):
        largest = max(command.texts, key=lambda text: text.written_size)
        if largest.written_size > COMMAND_LIMIT:
            message = f"'{command.resource}' has {largest.written_size:,} bytes, expected at most {COMMAND_LIMIT:,}"
            yield Finding(template.span(command.content), message, largest_parts(largest, template))
