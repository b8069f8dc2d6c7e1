"""R7007."""

from __future__ import annotations

from nestforge.lint.command_text import shell_scripts_of
from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R7007", severity="info")
def shebang_not_first(template: Template) -> Iterator[Finding]:
    """A script's `#!` does not stand at its very beginning, so that it is a comment.

    Which shell reads the script is then up to the machine.

    Bad:  CommandContent: "\\n#!/bin/bash\\nset -o pipefail"
    Good: CommandContent: "#!/bin/bash\\nset -o pipefail"
    """
    for script in shell_scripts_of(template):
        text = next(iter(script.texts))
        begin = text.text.lstrip()
        if begin.startswith("#!") and not text.text.startswith("#!"):
            lines = text.lines
            line = lines[min(text.text[: -len(begin)].count("\n") + 1, len(lines)) - 1]
            message = f"'{begin.partition(chr(10))[0].strip()}' is not at the beginning of the script"
            yield Finding(Span(template.path, line), message, "take away what stands before '#!'")
