"""R3203."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_VERSION = "2015-09-01"


@rule("R3203")
def unsupported_version(template: Template) -> Iterator[Finding]:
    """The template asks for a version of the language that does not exist.

    There has been one version only; the date is not the one of the template.

    Bad:  ROSTemplateFormatVersion: '2024-01-01'
    Good: ROSTemplateFormatVersion: '2015-09-01'
    """
    node = template.sections.get("ROSTemplateFormatVersion")
    version = scalar(node)
    if node is not None and version is not None and version != _VERSION:
        message = f"ROSTemplateFormatVersion is '{version}', expected '{_VERSION}'"
        yield Finding(template.span(node), message, f"write '{_VERSION}', in quotes")
