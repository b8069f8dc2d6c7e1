"""R3240."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span
from nestforge.sources.json_text import fault_in_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3240", severity="warning")
def json_that_is_yaml(template: Template) -> Iterator[Finding]:
    """A file that is called `.json` is YAML, but no JSON.

    ROS takes either; an editor, a script or a console that goes by the name of the file reads it as JSON. JSON
    has no comments, no single quotes, and no comma before a closing bracket.

    Bad:  {"ROSTemplateFormatVersion": "2015-09-01", "Resources": {},}
    Good: {"ROSTemplateFormatVersion": "2015-09-01", "Resources": {}}
    """
    if (fault := fault_in_json(template.text)) is not None:
        at, message, help = fault
        line = template.text.count("\n", 0, at) + 1
        column = at - template.text.rfind("\n", 0, at)
        yield Finding(Span(template.path, line, column, line, column + 1), message, help)
