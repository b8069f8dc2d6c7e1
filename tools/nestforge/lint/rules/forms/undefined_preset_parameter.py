"""R4006."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R4006")
def undefined_preset_parameter(package: Package) -> Iterator[Finding]:
    """A predefined parameter package sets a parameter that its template does not have.

    Bad:  parameters: {Modle: deepseek-ai/DeepSeek-R1}
    Good: parameters: {Model: deepseek-ai/DeepSeek-R1}
    """
    for preset, template in package.presets:
        if preset.name not in template.parameters:
            help = did_you_mean(preset.name, template.parameters)
            yield Finding(
                preset.span,
                f"the template has no parameter '{preset.name}'",
                help or "name a parameter of the template, or take the value away",
            )
