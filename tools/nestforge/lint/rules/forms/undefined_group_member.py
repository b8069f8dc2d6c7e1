"""R4002."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4002", severity="warning")
def undefined_group_member(template: Template) -> Iterator[Finding]:
    """A group of the form names no parameter of the template.

    ROS tolerates it; the field that was meant is not where the author put it.

    Bad:  Parameters: [Modle]
    Good: Parameters: [Model]
    """
    for group in template.groups:
        for node in group.parameters:
            name = scalar(node)
            if name is not None and name not in template.parameters:
                help = did_you_mean(name, template.parameters) or "declare it, or take it out of the group"
                yield Finding(template.span(node), f"there is no parameter '{name}'", help)
