"""R4052."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4052", severity="warning")
def undefined_hidden_parameter(template: Template) -> Iterator[Finding]:
    """`Hidden` names no parameter of the template.

    The parameter that was meant is shown.

    Bad:  Hidden: [Modle]
    Good: Hidden: [Model]
    """
    for node in items(template.interface.get("Hidden")):
        name = scalar(node)
        if name and name not in template.parameters:
            help = did_you_mean(name, template.parameters) or "leave it out"
            yield Finding(template.span(node), f"there is no parameter '{name}' to hide", help)
