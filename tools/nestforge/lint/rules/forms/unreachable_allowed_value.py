"""R4016."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import parameters_of
from nestforge.lint.parameter_values import CONSTRAINTS, broken_constraints
from nestforge.sources.nodes import items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_OTHERS = tuple(name for name in CONSTRAINTS if name != "AllowedValues")


@rule("R4016", severity="warning")
def unreachable_allowed_value(template: Template) -> Iterator[Finding]:
    """AllowedValues has a value that another constraint of the parameter refuses.

    The form offers what it then does not take.

    Bad:  {Type: Number, AllowedValues: [40, 100], MinValue: 50}
    Good: {Type: Number, AllowedValues: [50, 100], MinValue: 50}
    """
    for field in parameters_of(template):
        if field.type == "CommaDelimitedList":
            continue
        for value in items(field.attributes.get("AllowedValues")):
            for fault in broken_constraints(value, field, _OTHERS):
                yield Finding(
                    template.span(value),
                    f"'{scalar(value)}' is allowed and refused: {fault}",
                    "take the value away, or widen the constraint",
                )
