"""R4004."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_references import form_references, is_known
from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4004", severity="warning")
def undefined_name_in_condition(template: Template) -> Iterator[Finding]:
    """A condition of the form compares with a parameter that does not exist.

    It is never true: the field is never shown, or never demanded.

    Bad:  {"Fn::Equals": ["${LoginMode}", Password]}
    Good: {"Fn::Equals": ["${LoginMethod}", Password]}
    """
    for reference in form_references(template):
        if reference.in_condition and not is_known(reference, template):
            help = did_you_mean(reference.name, template.parameters)
            yield Finding(
                template.span(reference.node),
                f"there is no parameter '{reference.name}'",
                help or "name a parameter, or take the comparison away",
            )
