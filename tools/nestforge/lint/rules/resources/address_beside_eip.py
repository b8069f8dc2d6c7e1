"""R3114."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.public_address import INSTANCES, has_address
from nestforge.lint.uses import uses_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_ASSOCIATION = "ALIYUN::VPC::EIPAssociation"


@rule("R3114", severity="info")
def address_beside_eip(template: Template) -> Iterator[Finding]:
    """An instance that an elastic address is bound to may get a public address of its own as well.

    An instance has one or the other; saying so keeps the order of events from deciding which.

    Bad:  Host: {Type: ALIYUN::ECS::Instance, Properties: {InternetMaxBandwidthOut: 5}}
    Good: Host: {Type: ALIYUN::ECS::Instance, Properties: {AllocatePublicIP: false}}
    """
    seen: set[str] = set()
    associations = {name for name in template.resources if template.type_of(name) == _ASSOCIATION}
    for use in uses_of(template):
        if use.owner not in associations or use.part != "Properties" or (name := use.base) in seen:
            continue
        if template.type_of(name) in INSTANCES and has_address(name, template, use.guards):
            seen.add(name)
            message = f"'{name}' may get a public address beside the one that '{use.owner}' gives it"
            yield Finding(template.span_of_key("Resources", name), message, "set AllocatePublicIP: false")
