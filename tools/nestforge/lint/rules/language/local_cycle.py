"""R3210."""

from __future__ import annotations

from nestforge.lint.cycles import cycle_in
from nestforge.lint.engine import Finding, rule
from nestforge.lint.uses import uses_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3210")
def local_cycle(template: Template) -> Iterator[Finding]:
    """Locals are defined by each other.

    Bad:  {A: {Value: {Ref: B}}, B: {Value: {Ref: A}}}
    Good: {A: {Value: {Ref: B}}, B: {Value: 8000}}
    """
    cycle = cycle_in(template.locals, ((u.owner, u.base) for u in uses_of(template) if u.section == "Locals"))
    if cycle:
        span = template.span_of_key("Locals", cycle[0])
        yield Finding(
            span, f"locals are defined by each other: {' -> '.join(cycle)}", "write one of them without the others"
        )
