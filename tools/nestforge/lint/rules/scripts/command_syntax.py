"""R7011."""

from __future__ import annotations

from nestforge.lint.command_text import shell_scripts_of
from nestforge.lint.engine import Finding, rule
from nestforge.lint.line_places import place_in_line
from nestforge.lint.shell import syntax_faults
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.command_text import CommandText
    from nestforge.sources.template import Template

_HELP = "bash names the line where it gave up, and the fault may stand above: an open quote, a missing fi or done"


@rule("R7011", unless="R7010")
def command_syntax(template: Template) -> Iterator[Finding]:
    """bash cannot read the content of a RunCommand or the user data, put together as ROS would.

    Each text that the buyer's choices can give is read, with samples for the values that exist only at
    deployment.

    Bad:  CommandContent: if true; then echo yes
    Good: CommandContent: if true; then echo yes; fi
    """
    texts: dict[str, CommandText] = {}
    for script in shell_scripts_of(template):
        texts |= {text.text: text for text in script.texts}
    reported: set[tuple[int, int, str]] = set()
    for fault in syntax_faults(list(texts)):
        text = list(texts.values())[fault.text]
        starts = text.starts
        line, column = starts[min(fault.line, len(starts)) - 1] if starts else (text.chunks[0].line, 0)
        if (line, column, fault.message) not in reported:
            reported.add((line, column, fault.message))
            place = Span(template.path, line, column)
            if not column:
                place = place_in_line(template.path, line, template.lines[line - 1])
            yield Finding(place, fault.message, _HELP)
