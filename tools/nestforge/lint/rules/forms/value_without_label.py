"""R4036."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_labels import labelled_fields
from nestforge.lint.scalars import canonical

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4036", severity="info")
def value_without_label(template: Template) -> Iterator[Finding]:
    """ValueLabelMapping has labels for other values of the parameter, and none for this one.

    The form shows the value as it is written, among labels in the buyer's language.

    Bad:  {AllowedValues: [new, old], AssociationPropertyMetadata: {ValueLabelMapping: {new: Make one}}}
    Good: {AllowedValues: [new, old], AssociationPropertyMetadata: {ValueLabelMapping: {new: Make one, old: Take one}}}
    """
    for field, labels, values in labelled_fields(template):
        labelled = {canonical(name) for name in labels}
        for value, node in values.items():
            if value and canonical(value) not in labelled:
                message = f"the value '{value}' of '{field.name}' has no label"
                yield Finding(template.span(node), message, "add it to ValueLabelMapping")
