"""R3311."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.placed_calls import placed_calls

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_MOST = 20


@rule("R3311")
def functions_too_deep(template: Template) -> Iterator[Finding]:
    """More than 20 functions are nested in each other; ROS evaluates no more.

    Bad:  Fn::Select of Fn::Split of Fn::Join, twenty-one deep
    Good: locals for the steps, each with a few functions
    """
    for placed in placed_calls(template):
        if placed.depth == _MOST:
            span = template.span(placed.node)
            yield Finding(span, f"{placed.function} has {_MOST} functions around it", "use Locals for the steps")
