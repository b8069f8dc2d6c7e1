"""R4001."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.parameter_groups import grouped_parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.template import Template


@rule("R4001")
def ungrouped_parameter(template: Template) -> Iterator[Finding]:
    """A parameter stands in no group of the form.

    The console puts it below all groups, under a heading of its own making.

    Bad:  Parameters with Model and ZoneId, ParameterGroups with Model alone
    Good: ParameterGroups with Model and ZoneId
    """
    grouped = {name for _, name in grouped_parameters(template)}
    for name in template.parameters:
        if grouped and name not in grouped:
            message = f"the parameter '{name}' is in no group of the form"
            help = "add it to a group of Metadata.ALIYUN::ROS::Interface.ParameterGroups"
            yield Finding(template.key_span("Parameters", name), message, help, name)
