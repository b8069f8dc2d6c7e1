"""R3112."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.resource_values import unlisted_in

TYPE_CHECKING = False
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
    for given in unlisted_in(template):
        if given.of.status == "doubtful":
            message = f"'{given.name}' is listed nowhere as a property of {given.type}"
            yield Finding(
                template.span(given.key),
                message,
                "look it up in the manual of the type, and take it away if it is not there",
            )
