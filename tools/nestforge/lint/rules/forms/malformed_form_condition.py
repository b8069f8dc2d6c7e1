"""R4041."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_conditions import faults_of, form_conditions, misshaped_switches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4041")
def malformed_form_condition(template: Template) -> Iterator[Finding]:
    """What decides whether a field is shown or demanded is no condition that the form can evaluate.

    The form compares the names of parameters as `${Name}`; `Ref` and the names of Conditions mean nothing to it.

    Bad:  Visible: {Condition: {"Fn::Equals": [{Ref: PayType}, PrePaid]}}
    Good: Visible: {Condition: {"Fn::Equals": ["${PayType}", PrePaid]}}
    """
    for node, message, help in misshaped_switches(template):
        yield Finding(template.span(node), message, help or "write `{Fn::Equals: [${Parameter}, value]}`")
    seen: set[int] = set()
    for condition in form_conditions(template):
        for node, message, help in faults_of(condition, seen):
            yield Finding(template.span(node), message, help or "write `{Fn::Equals: [${Parameter}, value]}`")
