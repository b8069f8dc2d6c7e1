"""R4042."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_conditions import comparisons_in, form_conditions, values_of
from nestforge.lint.scalars import same
from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_SHOWN = 8


@rule("R4042", severity="warning")
def impossible_form_comparison(template: Template) -> Iterator[Finding]:
    """A condition of the form compares a parameter with a value that it can never have.

    It is never true: the field is never shown, or never demanded.

    Bad:  {"Fn::Equals": ["${PayType}", Prepaid]} where PayType is PostPaid or PrePaid
    Good: {"Fn::Equals": ["${PayType}", PrePaid]}
    """
    seen: set[int] = set()
    for condition in form_conditions(template):
        for name, node in comparisons_in(condition, seen):
            allowed = values_of(template.parameters.get(name))
            value = str(node.value)
            if allowed and not any(same(value, entry) for entry in allowed):
                message = f"'{name}' is never '{value}'"
                help = did_you_mean(value, allowed) or f"it can be {', '.join(allowed[:_SHOWN])}"
                yield Finding(template.span(node), message, help)
