"""R3120."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.nested_stacks import missing_parameters, written_stacks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3120")
def missing_nested_parameter(template: Template) -> Iterator[Finding]:
    """A nested stack is not given a parameter for which its template has no default.

    Nobody fills in a form for it: its creation fails, and with it the whole stack.

    Bad:  Parameters: {}, and TemplateBody: {Parameters: {CidrBlock: {Type: String}}}
    Good: Parameters: {CidrBlock: 10.0.0.0/8}, and TemplateBody: {Parameters: {CidrBlock: {Type: String}}}
    """
    for stack in written_stacks(template):
        yield from (Finding(*found) for found in missing_parameters(stack))
