"""R4013."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import parameters_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4013", severity="warning")
def missing_parameter_type(template: Template) -> Iterator[Finding]:
    """A parameter does not say of which type it is.

    The manual demands a type; without one, what is compared with the value may be of another kind.

    Bad:  ZoneId: {Label: Zone}
    Good: ZoneId: {Type: String, Label: Zone}
    """
    for field in parameters_of(template):
        if "Type" not in field.attributes and "<<" not in field.attributes:
            yield Finding(template.span(field.key), f"the parameter '{field.name}' has no Type", "add `Type: String`")
