"""R3307."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.uses import uses_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_BEFORE = ("Conditions", "Rules")


@rule("R3307")
def resource_in_condition(template: Template) -> Iterator[Finding]:
    """A condition, a rule or a `Count` refers to a resource, which there is none of yet.

    Bad:  Conditions: {HasVpc: {"Fn::Equals": [{Ref: Vpc}, ""]}}
    Good: Conditions: {HasVpc: {"Fn::Equals": [{Ref: VpcId}, ""]}}
    """
    others = {**template.parameters, **template.locals}
    for use in uses_of(template):
        place = use.section if use.section in _BEFORE else use.part if use.part == "Count" else None
        known = use.base in template.resources and use.name not in others
        if place is not None and use.function == "Ref" and known:
            message = f"'{use.name}' is a resource, which there is none of in {place}"
            yield Finding(use.span(template), message, "refer to a parameter")
