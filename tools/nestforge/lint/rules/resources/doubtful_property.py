"""R3112."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.resource_values import structures_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3112", severity="warning")
def doubtful_property(template: Template) -> Iterator[Finding]:
    """A property is given that nothing lists, and that is seen in one published template only.

    ROS may refuse it, or take it without effect.

    Bad:  {Type: ALIYUN::SLB::AccessControl, Properties: {AclEntrys: []}}
    Good: {Type: ALIYUN::SLB::AccessControl, Properties: {AclEntries: []}}
    """
    for structure in structures_of(template):
        for name, (key, _) in structure.given.items():
            of = structure.properties.get(name)
            if of is not None and of.status == "doubtful":
                message = f"'{name}' is listed nowhere as a property of {structure.of.name}"
                yield Finding(template.span(key), message)
