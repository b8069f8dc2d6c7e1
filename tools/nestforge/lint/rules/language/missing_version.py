"""R3202."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3202")
def missing_version(template: Template) -> Iterator[Finding]:
    """The template does not say which version of the language it is written in.

    ROS takes no template without it, whatever else is in there.

    Bad:  {Resources: {Wait: {Type: ALIYUN::ROS::Sleep}}}
    Good: {ROSTemplateFormatVersion: '2015-09-01', Resources: {Wait: {Type: ALIYUN::ROS::Sleep}}}
    """
    if not template.sections.keys() & {"ROSTemplateFormatVersion", "HeatTemplateFormatVersion"}:
        first = next((key for key, _ in pairs(template.root)), template.root)
        message = "the template has no ROSTemplateFormatVersion"
        yield Finding(template.span(first), message, "add ROSTemplateFormatVersion: '2015-09-01'")
