"""R7005."""

from __future__ import annotations

from nestforge.lint.command_text import shell_scripts_of
from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R7005", severity="warning")
def carriage_return_in_script(template: Template) -> Iterator[Finding]:
    r"""A shell script has lines that end in a carriage return, as on Windows.

    bash takes it for a part of the last word of the line: `bash\r` is no shell, `done\r` closes no loop.

    Bad:  CommandContent: "#!/bin/bash\r\nyum install -y docker\r\n"
    Good: CommandContent: "#!/bin/bash\nyum install -y docker\n"
    """
    for script in shell_scripts_of(template):
        for text in script.texts:
            at = text.text.find("\r\n")
            if at >= 0:
                lines = text.lines
                line = lines[min(text.text.count("\n", 0, at) + 1, len(lines)) - 1]
                message = f"the script of '{script.resource}' has lines that end in a carriage return"
                yield Finding(Span(template.path, line), message, "end the lines with \\n alone")
                break
