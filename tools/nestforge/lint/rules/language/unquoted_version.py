"""R3239."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Edit
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_DATE = "tag:yaml.org,2002:timestamp"


@rule("R3239", severity="info")
def unquoted_version(template: Template) -> Iterator[Finding]:
    """The version of the language is written as a date of YAML, where ROS reads a text.

    ROS itself keeps the text; tools that turn the template into JSON, or put it together, often do not.

    Bad:  ROSTemplateFormatVersion: 2015-09-01
    Good: ROSTemplateFormatVersion: '2015-09-01'
    """
    node = template.sections.get("ROSTemplateFormatVersion")
    if node is not None and node.tag == _DATE:
        written, span = scalar(node) or "", template.span(node)
        edits = (Edit(span, written, f"'{written}'"),)
        yield Finding(span, "ROSTemplateFormatVersion is a date, expected a text", "put it in quotes", edits)
