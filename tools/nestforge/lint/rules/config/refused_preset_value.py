"""R6153."""

from __future__ import annotations

from nestforge.lint.config_parameters import refusals
from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6153")
def refused_preset_value(package: Package) -> Iterator[Finding]:
    """A predefined parameter package sets a value that the constraints of the parameter refuse.

    Bad:  Parameters: {DataDiskSize: 20}, and MinValue: 100
    Good: Parameters: {DataDiskSize: 200}, and MinValue: 100
    """
    for preset, template in package.presets:
        attributes = entries(template.parameters.get(preset.name))
        if preset.value is None or not attributes:
            continue
        for broken in refusals(preset.value, attributes):
            yield Finding(
                preset.span,
                f"'{preset.name}' does not take '{preset.value[:60]}': {broken}",
                "write a value that a buyer could choose",
            )
