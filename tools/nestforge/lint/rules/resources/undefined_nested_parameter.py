"""R3119."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.nested_stacks import unknown_parameters, written_stacks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3119", severity="warning")
def undefined_nested_parameter(template: Template) -> Iterator[Finding]:
    """A nested stack is given a parameter that its template does not have.

    Bad:  Parameters: {Cidr: 10.0.0.0/8}, and TemplateBody: {Parameters: {CidrBlock: ...}}
    Good: Parameters: {CidrBlock: 10.0.0.0/8}, and TemplateBody: {Parameters: {CidrBlock: ...}}
    """
    for stack in written_stacks(template):
        yield from (Finding(*found) for found in unknown_parameters(stack))
