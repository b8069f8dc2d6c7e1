"""R4001."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4001", severity="warning")
def ungrouped_parameter(template: Template) -> Iterator[Finding]:
    """A parameter is in no group of the form.

    The form shows it after all groups, without a heading.

    Bad:  Parameters [Model, ApiKey] with a group for Model alone
    Good: each parameter in one group, or in `Hidden`
    """
    if not template.groups:
        return
    grouped = {scalar(node) for group in template.groups for node in group.parameters}
    for key, _ in pairs(template.sections.get("Parameters")):
        name = scalar(key) or ""
        if name not in grouped and name not in template.hidden_parameters:
            message = f"the parameter '{name}' is in no group"
            yield Finding(template.span(key), message, "add it to Metadata.ALIYUN::ROS::Interface.ParameterGroups")
