"""R3209."""

from __future__ import annotations

from nestforge.lint.cycles import cycle_in
from nestforge.lint.engine import Finding, rule
from nestforge.lint.used_names import condition_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3209")
def condition_cycle(template: Template) -> Iterator[Finding]:
    """Conditions are defined by each other, so that none of them comes to anything.

    Bad:  {A: {"Fn::Not": {Condition: B}}, B: {"Fn::Not": {Condition: A}}}
    Good: {A: {"Fn::Equals": [{Ref: Pay}, PostPaid]}, B: {"Fn::Not": {Condition: A}}}
    """
    edges = [(name, used) for name, node in template.conditions.items() for used in condition_names(node)]
    cycle = cycle_in(template.conditions, edges)
    if cycle:
        span = template.span_of_key("Conditions", cycle[0])
        yield Finding(
            span, f"conditions are defined by each other: {' -> '.join(cycle)}", "write one of them without the others"
        )
