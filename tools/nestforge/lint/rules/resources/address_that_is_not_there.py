"""R3115."""

from __future__ import annotations

from nestforge.lint.attributes import asked_attributes
from nestforge.lint.engine import Finding, rule
from nestforge.lint.public_address import INSTANCES, why_no_address

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3115", severity="warning")
def address_that_is_not_there(template: Template) -> Iterator[Finding]:
    """The public address is asked for of instances that have none.

    What the buyer sees is an address of nothing. The address of an EIP is an attribute of the EIP.

    Bad:  {"Fn::GetAtt": [HostWithoutPublicAddress, PublicIps]}
    Good: {"Fn::GetAtt": [Eip, EipAddress]}
    """
    for asked in asked_attributes(template):
        name, attribute = asked.resource, asked.attribute
        if attribute in ("PublicIp", "PublicIps") and template.type_of(name) in INSTANCES:
            why = why_no_address(name, template)
            if why is not None:
                help = "ask for EipAddress of the EIP, or let the instances have an address of their own"
                yield Finding(asked.span(template), f"'{name}' has no {attribute}: its {why}", help)
