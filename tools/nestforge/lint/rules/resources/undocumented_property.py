"""R3111."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.resource_values import unlisted_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_SAID = {
    "hidden": "is taken by ROS and documented nowhere",
    "retired": "is no longer documented",
    "alias": "is another spelling",
}


@rule("R3111", severity="info")
def undocumented_property(template: Template) -> Iterator[Finding]:
    """A property is given that ROS takes, although its documentation no longer lists it.

    It may be taken away without notice.

    Bad:  {Type: ALIYUN::RDS::DBInstance, Properties: {VPCId: {Ref: Vpc}}}
    Good: {Type: ALIYUN::RDS::DBInstance, Properties: {VpcId: {Ref: Vpc}}}
    """
    for given in unlisted_in(template):
        of = given.of
        if of.status in _SAID:
            message = f"'{given.name}' of {given.type} {_SAID[of.status]}"
            help = f"the documented name is '{of.alias_of}'" if of.alias_of else None
            yield Finding(
                template.span(given.key),
                message,
                help or "look for the property that has taken its place in the manual of the type",
            )
