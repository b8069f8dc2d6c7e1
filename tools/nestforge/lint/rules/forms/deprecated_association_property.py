"""R4032."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import fields_of
from nestforge.rosspec.association_properties import association_property

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


_EVERYWHERE = (
    "ALIYUN::ECS::Instance::ZoneId",
    "ALIYUN::ECS::Instance:ZoneId",
    "ALIYUN::ECS::VSwitch::VSwitchId",
)
"""Half of the published templates still say these, and the console shows what their successors show."""


@rule("R4032", severity="info")
def deprecated_association_property(template: Template) -> Iterator[Finding]:
    """A component of the form has been replaced by another.

    It works today, and does not get what its successor gets.

    Bad:  AssociationProperty: ALIYUN::CAS::Certificate
    Good: AssociationProperty: ALIYUN::CAS::Certificate::CertificateId
    """
    for field in fields_of(template):
        known = association_property(field.association) if field.association else None
        if known is not None and known.deprecated and field.association not in _EVERYWHERE:
            message = f"the AssociationProperty '{field.association}' is deprecated"
            help = f"use '{known.successor}'" if known.successor else None
            yield Finding(template.span(field.attributes["AssociationProperty"]), message, help or "it works for now")
