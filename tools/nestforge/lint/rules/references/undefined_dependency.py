"""R3004."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3004")
def undefined_dependency(template: Template) -> Iterator[Finding]:
    """`DependsOn` names a resource that is not in the template.

    Bad:  DependsOn: MasterComand
    Good: DependsOn: MasterCommand
    """
    if template.has_transform:
        return
    for resource, target in template.depends_on:
        name = scalar(target) or ""
        if not template.has_resource(name):
            help = did_you_mean(name, template.resources) or "name a resource of this template, or take it out"
            yield Finding(template.span(target), f"'{resource}' depends on '{name}', which is no resource", help)
