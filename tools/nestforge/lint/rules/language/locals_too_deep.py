"""R3211."""

from __future__ import annotations

from nestforge.lint.cycles import levels_of
from nestforge.lint.engine import Finding, rule
from nestforge.lint.uses import uses_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_MOST = 5


@rule("R3211")
def locals_too_deep(template: Template) -> Iterator[Finding]:
    """More than five locals refer to each other in a chain; ROS follows no longer one.

    Bad:  {A: {Value: {Ref: B}}, B: {Value: {Ref: C}}, C: {Value: {Ref: D}}, D: {Value: {Ref: E}}, E: {Value: {Ref: F}}}
    Good: {A: {Value: {Ref: E}}, E: {Value: {Ref: F}}}
    """
    edges = ((use.owner, use.base) for use in uses_of(template) if use.section == "Locals")
    for name, levels in levels_of(template.locals, edges).items():
        if levels > _MOST:
            message = f"'{name}' begins a chain of {levels} locals, expected at most {_MOST}"
            yield Finding(template.span_of_key("Locals", name), message, "write one of them where it is used")
