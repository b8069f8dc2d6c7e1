"""R3109."""

from __future__ import annotations

from nestforge.lint.attributes import unknown_attributes
from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_SHOWN = 8


@rule("R3109")
def unknown_attribute(template: Template) -> Iterator[Finding]:
    """`Fn::GetAtt` or `Fn::Sub` names an attribute that the type of the resource does not return.

    ROS finds out only while it creates the stack, after the buyer has paid.

    Bad:  {"Fn::GetAtt": [MasterInstanceGroup, PrivateIp]}
    Good: {"Fn::GetAtt": [MasterInstanceGroup, PrivateIps]}
    """
    for asked, of in unknown_attributes(template):
        if of.described:
            message = f"{of.name} has no attribute '{asked.attribute}'"
            known = sorted(of.attributes)
            shown = known[:_SHOWN] + ["…"] * (len(known) > _SHOWN)
            listed = f"it has {', '.join(shown)}" if shown else "it has none: `Ref` gives its id"
            yield Finding(asked.span(template), message, did_you_mean(asked.attribute, known) or listed)
