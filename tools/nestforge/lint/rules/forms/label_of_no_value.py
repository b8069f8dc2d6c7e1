"""R4035."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_labels import labelled_fields
from nestforge.lint.hints import Hints
from nestforge.lint.scalars import canonical

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_SHOWN = 8


@rule("R4035", severity="warning")
def label_of_no_value(template: Template) -> Iterator[Finding]:
    """ValueLabelMapping has a label for a value that the parameter cannot have.

    The label is never shown, and the value that it was meant for appears as it is written.

    Bad:  {AllowedValues: [NewVPC], AssociationPropertyMetadata: {ValueLabelMapping: {NewVpc: Make one}}}
    Good: {AllowedValues: [NewVPC], AssociationPropertyMetadata: {ValueLabelMapping: {NewVPC: Make one}}}
    """
    hints = Hints()
    for field, labels, values in labelled_fields(template):
        allowed = {canonical(value) for value in values}
        for name, key in labels.items():
            if canonical(name) not in allowed:
                help = hints.near(name, values) or f"it can be {', '.join([*values][:_SHOWN])}"
                yield Finding(template.span(key), f"'{field.name}' is never '{name}', which has a label", help)
