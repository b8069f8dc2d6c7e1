"""R3002."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.nodes import scalar
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.template import Template


@rule("R3002")
def undefined_attribute_target(template: Template) -> Iterator[Finding]:
    """`Fn::GetAtt` asks a resource that is not there.

    Only resources have attributes; a parameter has none.

    Bad:  {"Fn::GetAtt": [MasterGroup, PrivateIps]}
    Good: {"Fn::GetAtt": [MasterInstanceGroup, PrivateIps]}
    """
    for call in template.calls:
        target = scalar(call.parts[0]) if call.function == "Fn::GetAtt" and call.parts else None
        if target is not None and target not in template.resources:
            message = f"there is no resource '{target}'"
            help = did_you_mean(target, template.resources)
            yield Finding(template.span(call.parts[0], target), message, help, call.under)
