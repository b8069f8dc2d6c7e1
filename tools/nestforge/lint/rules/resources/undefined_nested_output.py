"""R3121."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.nested_stacks import unknown_outputs, written_stacks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3121")
def undefined_nested_output(template: Template) -> Iterator[Finding]:
    """`Fn::GetAtt` or `Fn::Sub` asks a nested stack for an output that its template does not have.

    Bad:  {"Fn::GetAtt": [Network, Outputs.Vpc]}, and TemplateBody: {Outputs: {VpcId: ...}}
    Good: {"Fn::GetAtt": [Network, Outputs.VpcId]}, and TemplateBody: {Outputs: {VpcId: ...}}
    """
    for stack in written_stacks(template):
        yield from (Finding(*found) for found in unknown_outputs(stack))
