"""R3001."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.nodes import scalar
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.template import Template


@rule("R3001")
def undefined_reference(template: Template) -> Iterator[Finding]:
    """`Ref` names neither a parameter nor a resource.

    ROS refuses the template before it creates anything.

    Bad:  {Ref: Zone}
    Good: {Ref: ZoneId}
    """
    for call in template.calls:
        name = scalar(call.argument)
        if call.function == "Ref" and name is not None and name not in template.referable:
            message = f"there is no parameter, resource or pseudo parameter '{name}'"
            help = did_you_mean(name, template.referable)
            yield Finding(template.span(call.argument), message, help, call.under)
