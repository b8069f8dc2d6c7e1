"""R4031."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import fields_of
from nestforge.model.near_miss import did_you_mean
from nestforge.rosspec.association_properties import association_property, names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4031", severity="warning")
def unknown_association_property(template: Template) -> Iterator[Finding]:
    """The form has no component of the name that AssociationProperty gives.

    It shows a plain text box instead, without the choices that were meant.

    Bad:  AssociationProperty: ALIYUN::ECS::Instance::InstanceTypes
    Good: AssociationProperty: ALIYUN::ECS::Instance::InstanceType
    """
    for field in fields_of(template):
        name = field.association
        if name and association_property(name) is None:
            message = f"the form knows no AssociationProperty '{name}'"
            yield Finding(
                template.span(field.attributes["AssociationProperty"]),
                message,
                did_you_mean(name, names()) or "name one that the form has: without one it shows a text box",
            )
