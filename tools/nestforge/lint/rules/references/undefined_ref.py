"""R3001."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import scalar
from nestforge.sources.template import PSEUDO_PARAMETERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3001")
def undefined_ref(template: Template) -> Iterator[Finding]:
    """`Ref` names no parameter, resource or local variable.

    ROS refuses the template; only then does the buyer learn of it.

    Bad:  {Ref: EcsVpcc}
    Good: {Ref: EcsVpc}
    """
    if template.has_transform:
        return
    known = {*template.parameters, *template.resources, *template.locals, *PSEUDO_PARAMETERS}
    for call in template.references:
        name = scalar(call.argument) or ""
        if name not in known and not template.has_resource(name):
            message = f"'{name}' is no parameter, resource or local variable"
            help = did_you_mean(name, known) or "name one of this template, or declare it under Parameters"
            yield Finding(template.span(call.argument), message, help)
