"""R7006."""

from __future__ import annotations

from nestforge.lint.command_text import shell_scripts_of
from nestforge.lint.continuations import cuts_in
from nestforge.lint.engine import Finding, rule
from nestforge.lint.line_places import place_in_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R7006", severity="warning", unless="R7014")
def broken_continuation(template: Template) -> Iterator[Finding]:
    r"""A command of a script ends where it was meant to go on in the next line.

    A line goes on only where `\` is its last sign: a blank or a comment behind it ends the command, and so does
    a line with a comment, or with nothing, in between. What follows is run as a command of its own.

    Bad:  --tensor-parallel-size 8 \ # both nodes
    Good: --tensor-parallel-size 8 \
    """
    seen: set[int] = set()
    for script in shell_scripts_of(template):
        for text in script.texts:
            lines: list[int] = []
            for cut in cuts_in(text.text):
                lines = lines or text.lines
                line = lines[min(cut.line, len(lines)) - 1]
                if line not in seen:
                    seen.add(line)
                    span = place_in_line(template.path, line, template.lines[line - 1], cut.written)
                    yield Finding(span, cut.message, cut.help)
