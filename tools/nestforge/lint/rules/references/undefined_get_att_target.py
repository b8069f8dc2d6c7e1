"""R3002."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3002")
def undefined_get_att_target(template: Template) -> Iterator[Finding]:
    """`Fn::GetAtt` asks for an attribute of a resource that is not in the template.

    Bad:  {"Fn::GetAtt": [MasterGroup, PrivateIps]}
    Good: {"Fn::GetAtt": [MasterInstanceGroup, PrivateIps]}
    """
    if template.has_transform:
        return
    for call in template.get_atts:
        given = items(call.argument)
        target = given[0] if given else call.argument
        name = scalar(target)
        if name is None:
            continue  # a function decides; it is known at deployment only
        name = name if given else template.attribute_in(name)[0]
        if not template.has_resource(name) and name not in template.locals:
            help = did_you_mean(name, template.resources)
            yield Finding(
                template.span(target),
                f"there is no resource '{name}'",
                help or "write it under Resources, or name one that is there",
            )
