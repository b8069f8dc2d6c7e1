"""R4007."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import entries, items, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.lint.package import Package


@rule("R4007")
def disallowed_preset_value(package: Package) -> Iterator[Finding]:
    """A predefined parameter package sets a value that the parameter does not allow.

    Bad:  parameters: {PayType: Postpaid}
    Good: parameters: {PayType: PostPaid}
    """
    for preset, template in package.presets:
        allowed = [scalar(node) or "" for node in items(_attribute(template.parameters.get(preset.name)))]
        if allowed and preset.value is not None and preset.value not in allowed:
            help = did_you_mean(preset.value, allowed) or f"allowed are {', '.join(allowed)}"
            yield Finding(preset.span, f"'{preset.name}' does not allow '{preset.value}'", help)


def _attribute(parameter: Node | None) -> Node | None:
    return entries(parameter).get("AllowedValues")
