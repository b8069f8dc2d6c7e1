"""R4015."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import parameters_of
from nestforge.lint.parameter_values import misfit
from nestforge.sources.libyaml import SequenceNode
from nestforge.sources.nodes import items

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4015")
def unfit_allowed_value(template: Template) -> Iterator[Finding]:
    """AllowedValues is no list, or allows a value that is not of the type of the parameter.

    Bad:  {Type: Number, AllowedValues: [1, two]}
    Good: {Type: Number, AllowedValues: [1, 2]}
    """
    for field in parameters_of(template):
        allowed = field.attributes.get("AllowedValues")
        if allowed is None:
            continue
        if not isinstance(allowed, SequenceNode):
            yield Finding(template.span(allowed), f"AllowedValues of '{field.name}' is no list", "write a list")
        type_ = "String" if field.type == "CommaDelimitedList" else field.type
        for value in items(allowed):
            fault = misfit(value, type_)
            if fault is not None:
                yield Finding(
                    template.span(value),
                    f"no value of '{field.name}' can be this: {fault}",
                    "write a value of the parameter's type, or change the type",
                )
