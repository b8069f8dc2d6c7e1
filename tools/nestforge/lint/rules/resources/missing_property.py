"""R3103."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.resource_values import choice_of, structures_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_SHOWN = 5


@rule("R3103")
def missing_property(template: Template) -> Iterator[Finding]:
    """A resource lacks a property that its type requires.

    ROS refuses the template; only then does the buyer learn of it.

    Bad:  {Type: ALIYUN::VPC::EIPAssociation, Properties: {AllocationId: {Ref: Eip}}}
    Good: {Type: ALIYUN::VPC::EIPAssociation, Properties: {AllocationId: {Ref: Eip}, InstanceId: {Ref: Node}}}
    """
    for structure in structures_of(template):
        missing = [name for name in structure.required if name not in structure.given]
        taken = [structure.properties[name] for name in structure.given if missing and name in structure.properties]
        aliases = {of.alias_of for of in taken}
        for name in missing:
            if name not in aliases:
                of = structure.properties[name]
                message = f"{structure.of.name} needs the property '{name}'{structure.where}"
                help = f"add '{name}'" + (
                    f", one of {', '.join(map(str, of.allowed))}" if 0 < len(of.allowed) <= _SHOWN else ""
                )
                yield Finding(template.span(structure.place), message + choice_of(structure.branch), help)
