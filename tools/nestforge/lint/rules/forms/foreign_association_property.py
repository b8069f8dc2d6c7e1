"""R4033."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import fields_of
from nestforge.rosspec.association_properties import association_property

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4033", severity="warning")
def foreign_association_property(template: Template) -> Iterator[Finding]:
    """A component is for the form of Operation Orchestration Service, and not for that of ROS.

    Bad:  AssociationProperty: TimeTrigger
    Good: AssociationProperty: Cron
    """
    for field in fields_of(template):
        known = association_property(field.association) if field.association else None
        if known is not None and known.other:
            message = f"the form of ROS does not have the AssociationProperty '{field.association}'"
            yield Finding(template.span(field.attributes["AssociationProperty"]), message, "choose one of ROS")
