"""R4014."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import parameters_of
from nestforge.lint.parameter_values import broken_constraints, misfit
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import function_of, items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4014")
def unfit_default(template: Template) -> Iterator[Finding]:
    """The Default of a parameter is not of its type, or breaks its own constraints.

    ROS refuses the template, or the form refuses to go on until the buyer changes what is there already.

    Bad:  {Type: Number, Default: 0, MinValue: 1}
    Good: {Type: Number, Default: 1, MinValue: 1}
    """
    for field in parameters_of(template):
        default = field.attributes.get("Default")
        if default is None or function_of(default) is not None:
            continue  # R3305 reports a function that is called in a parameter
        wrong_type = misfit(default, field.type)
        faults = [wrong_type] if wrong_type else broken_constraints(default, field)
        for fault in faults:
            message = f"the default of '{field.name}' does not fit: {fault}"
            allowed = [scalar(node) or "" for node in items(field.attributes.get("AllowedValues"))]
            yield Finding(
                template.span(default),
                message,
                did_you_mean(scalar(default) or "", allowed) or "write a default that a buyer could enter, or none",
            )
