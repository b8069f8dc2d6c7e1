"""R3404."""

from __future__ import annotations

from nestforge.lint.assignments import Assignments
from nestforge.lint.engine import Finding, rule
from nestforge.lint.kinds import BOOLEAN, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_HELP = "compare with a value that the parameter can have, or do without the condition"


@rule("R3404", severity="warning")
def constant_condition(template: Template) -> Iterator[Finding]:
    """A condition comes to the same whatever is chosen for the parameters.

    Mostly it compares with a value that the parameter can no longer have.

    Bad:  {"Fn::Equals": [{Ref: Pay}, Prepaid]} where the allowed values are PrePaid and PostPaid
    Good: {"Fn::Equals": [{Ref: Pay}, PrePaid]} where the allowed values are PrePaid and PostPaid
    """
    assignments = Assignments(template, finite=True)
    for name, node in template.conditions.items():
        if kind_of(node) == BOOLEAN:
            continue  # a switch that its author set
        answers = set(assignments.all_of(name))
        if len(answers) == 1 and None not in answers:
            answer = "true" if True in answers else "false"
            span = template.span_of_key("Conditions", name)
            yield Finding(span, f"the condition '{name}' is always {answer}", _HELP)
