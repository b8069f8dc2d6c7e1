"""R4005."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import parameters_of
from nestforge.lint.form_references import form_references, is_known
from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.form_fields import Field
    from nestforge.sources.template import Template

_HELP = "name a parameter of this template, or leave the filter out"


@rule("R4005", severity="warning")
def undefined_name_in_metadata(template: Template) -> Iterator[Finding]:
    """A field of the form is filtered by a parameter that does not exist.

    The form tolerates it and does not filter: the buyer can choose what cannot be created.

    Bad:  ZoneId: ${Zone}
    Good: ZoneId: ${ZoneId}
    """
    for reference in form_references(template):
        if reference.in_condition or reference.name.startswith("ALIYUN::") or is_known(reference, template):
            continue
        fit = next((field.name for field in parameters_of(template) if _fits(field, reference.name)), None)
        help = f"did you mean '{fit}'?" if fit else did_you_mean(reference.name, template.parameters) or _HELP
        yield Finding(template.span(reference.node), f"there is no parameter '{reference.name}'", help)


def _fits(field: Field, name: str) -> bool:
    """Return whether the component of a parameter chooses what the name says: `InstanceChargeType`, `ZoneId`."""
    kind = field.association.rpartition(":")[2]
    return bool(kind) and (kind == name or (kind.endswith("ChargeType") and name.endswith("ChargeType")))
