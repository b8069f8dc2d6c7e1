"""R6151."""

from __future__ import annotations

from nestforge.lint.config_parameters import configured_names, filled_names
from nestforge.lint.engine import Finding, rule
from nestforge.sources.nodes import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6151", severity="warning")
def hidden_parameter_without_value(package: Package) -> Iterator[Finding]:
    """A parameter that the form hides has neither a default nor a value from a package or a mapping.

    Bad:  HiddenParameterKeys: [VpcId], and VpcId: {Type: String}
    Good: HiddenParameterKeys: [VpcId], and VpcId: {Type: String, Default: ''}
    """
    if package.config is None:
        return
    configured = configured_names(package.config)
    for edition in package.config.editions:
        template = package.templates_by_path.get(edition.path)
        if template is None:
            continue
        filled = configured | filled_names(edition)
        for part in edition.part.items_at("HiddenParameterKeys"):
            parameter = template.parameters.get(part.text)
            if parameter is not None and "Default" not in entries(parameter) and part.text not in filled:
                message = f"'{part.text}' is hidden, and nothing gives it a value"
                yield Finding(part.span, message, "give it a Default, or a value in PredefinedParameters")
