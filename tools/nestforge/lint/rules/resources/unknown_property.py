"""R3102."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.resource_values import choice_of, structures_of
from nestforge.model.near_miss import did_you_mean, respelt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3102")
def unknown_property(template: Template) -> Iterator[Finding]:
    """A resource is given a property that its type does not have.

    ROS refuses the template; a misspelt optional property is otherwise one that was never set.

    Bad:  {Type: ALIYUN::ECS::VPC, Properties: {CidrBlok: 10.0.0.0/8}}
    Good: {Type: ALIYUN::ECS::VPC, Properties: {CidrBlock: 10.0.0.0/8}}
    """
    for structure in structures_of(template):
        if structure.given.keys() <= structure.properties.keys():
            continue
        for name, (key, _) in structure.given.items():
            if name not in structure.properties:
                current = {known for known, of in structure.properties.items() if of.status == "current"}
                message = f"{structure.of.name} has no property '{name}'{structure.where}"
                help = did_you_mean(name, current)
                edits = respelt(template.span(key), name, current, structure.given)
                yield Finding(
                    template.span(key),
                    message + choice_of(structure.branch),
                    help or "take it away, or look it up in the manual of the type",
                    edits,
                )
