"""R7004."""

from __future__ import annotations

from nestforge.lint.command_text import commands_of
from nestforge.lint.engine import Finding, rule
from nestforge.lint.placeholders import FILLED_IN_ELSEWHERE
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R7004", severity="warning")
def double_braces_in_command(template: Template) -> Iterator[Finding]:
    """A RunCommand has `{{` that is no placeholder of Compute Nest.

    Cloud Assistant takes `{{name}}` for a parameter of the command. Two closing braces alone are harmless:
    shell and JSON have them.

    Bad:  docker ps --format '{{.Names}}'
    Good: docker ps --format json
    """
    for command in commands_of(template):
        seen: set[int] = set()
        for text in command.texts:
            for line, written in zip(text.lines, text.text.split("\n"), strict=False):
                rest = FILLED_IN_ELSEWHERE.sub("", written)
                if "{{" in rest and line not in seen:
                    seen.add(line)
                    raw = template.lines[line - 1]
                    column = max(raw.find("{{"), 0) + 1
                    help = "write it without double braces, for example with printf or jq"
                    span = Span(template.path, line, column, line, column + 2)
                    yield Finding(span, "'{{' begins a parameter of Cloud Assistant", help)
