"""R4003."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4003", severity="warning")
def parameter_in_two_groups(template: Template) -> Iterator[Finding]:
    """A parameter is in more than one place of the form.

    Bad:  two groups with ZoneId
    Good: ZoneId in the group of the instances
    """
    seen: set[str] = set()
    for group in template.groups:
        for node in group.parameters:
            name = scalar(node)
            if name in seen:
                yield Finding(template.span(node), f"'{name}' is in a group already", "keep it in one group")
            if name is not None:
                seen.add(name)
