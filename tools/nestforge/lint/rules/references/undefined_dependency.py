"""R3004."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.nodes import child, items, scalar
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.template import Template


@rule("R3004")
def undefined_dependency(template: Template) -> Iterator[Finding]:
    """`DependsOn` names a resource that is not there.

    Bad:  DependsOn: [WorkerGroup]
    Good: DependsOn: [WorkerInstanceGroup]
    """
    for resource, node in template.resources.items():
        named = child(node, "DependsOn")
        for each in items(named) or ([] if named is None else [named]):
            name = scalar(each)
            if name is not None and name not in template.resources:
                message = f"there is no resource '{name}'"
                help = did_you_mean(name, template.resources)
                yield Finding(template.span(each), message, help, resource)
