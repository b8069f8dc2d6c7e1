"""R3231."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.uses import uses_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_FORBIDDEN = frozenset({"DependsOn", "Metadata", "UpdatePolicy", "DeletionPolicy"})


@rule("R3231")
def misplaced_local(template: Template) -> Iterator[Finding]:
    """A local is used where ROS has none: in rules, `DependsOn`, `Metadata`, and the policies.

    Locals are for properties, `Count`, conditions, outputs and other locals.

    Bad:  Rules: {Port: {Assertions: [{Assert: {"Fn::Equals": [{Ref: Now}, 80]}}]}}
    Good: Rules: {Port: {Assertions: [{Assert: {"Fn::Equals": [{Ref: Model}, 80]}}]}}
    """
    for use in uses_of(template):
        if use.name not in template.locals or use.function == "Fn::Sub":
            continue
        if use.section == "Rules" or (use.section == "Resources" and use.part in _FORBIDDEN):
            where = "Rules" if use.section == "Rules" else use.part
            yield Finding(
                use.span(template),
                f"the local '{use.name}' cannot be used in {where}",
                "write what the local stands for",
            )
