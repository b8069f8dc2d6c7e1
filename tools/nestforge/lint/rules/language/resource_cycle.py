"""R3208."""

from __future__ import annotations

from nestforge.lint.cycles import cycle_in
from nestforge.lint.engine import Finding, rule
from nestforge.lint.placed_calls import placed_calls
from nestforge.lint.uses import uses_of
from nestforge.sources.nodes import items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_ORDERING = frozenset({"Properties", "DependsOn", "Count"})


@rule("R3208")
def resource_cycle(template: Template) -> Iterator[Finding]:
    """Resources need each other, so that none can be the first to be created.

    A resource needs what its properties refer to and what it names in `DependsOn`; one that names itself
    needs itself.

    Bad:  {A: {Type: ALIYUN::ROS::Sleep, DependsOn: B}, B: {Type: ALIYUN::ROS::Sleep, DependsOn: A}}
    Good: {A: {Type: ALIYUN::ROS::Sleep, DependsOn: B}, B: {Type: ALIYUN::ROS::Sleep}}
    """
    others = {**template.parameters, **template.locals}
    uses = [use for use in uses_of(template) if use.section == "Resources" and use.part in _ORDERING]
    unfinished = _unfinished(template)
    uses = [use for use in uses if id(use.node) not in unfinished]
    uses = [use for use in uses if use.function != "Ref" or use.name not in others]
    cycle = cycle_in(template.resources, ((use.owner, use.base) for use in uses))
    if cycle:
        place = next(use for use in uses if (use.owner, use.base) == (cycle[0], cycle[1]))
        message = f"resources need each other: {' -> '.join(cycle)}"
        yield Finding(place.span(template), message, "take one of the references or dependencies away")


def _unfinished(template: Template) -> set[int]:
    """Return what `Fn::GetAtt` is given where that names no attribute, which R3302 reports."""
    arguments = [placed.argument for placed in placed_calls(template) if placed.function == "Fn::GetAtt"]
    return {
        id(node)
        for argument in arguments
        for node in items(argument) or [argument]
        if len(items(argument)) < 2 and "." not in (scalar(node) or ".")
    }
