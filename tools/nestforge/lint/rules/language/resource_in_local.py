"""R3234."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.uses import uses_of
from nestforge.sources.nodes import entries, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3234")
def resource_in_local(template: Template) -> Iterator[Finding]:
    """A local that is evaluated before the stack refers to a resource of the stack.

    Locals of type `Eval` and those that are data sources come first; only a `Macro` is put in where it is used.

    Bad:  {Type: Eval, Value: {"Fn::GetAtt": [Eip, EipAddress]}}
    Good: {Type: Macro, Value: {"Fn::GetAtt": [Eip, EipAddress]}}
    """
    for use in uses_of(template):
        if use.section != "Locals" or use.base not in template.resources or use.base in template.parameters:
            continue
        kind = scalar(entries(template.locals[use.owner]).get("Type")) or "Macro"
        if kind != "Macro" and use.base not in template.locals:
            message = f"'{use.base}' is a resource, which there is none of when a local of type {kind} is evaluated"
            yield Finding(use.span(template), message, "use type Macro")
