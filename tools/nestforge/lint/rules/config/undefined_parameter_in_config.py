"""R6150."""

from __future__ import annotations

from nestforge.lint.config_parameters import parameter_names
from nestforge.lint.engine import Finding, rule
from nestforge.lint.hints import Hints

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6150", severity="warning")
def undefined_parameter_in_config(package: Package) -> Iterator[Finding]:
    """config.yaml names a parameter that the template does not have.

    An operation that changes it changes nothing; what is to be hidden stays in the form.

    Bad:  Operation: [{Name: 变更规格, Parameters: [EcsInstanceTyp]}]
    Good: Operation: [{Name: 变更规格, Parameters: [EcsInstanceType]}]
    """
    if package.config is None:
        return
    hints = Hints()
    for name, part in parameter_names(package.config):
        templates = package.templates_named(name)
        if not templates or not part.text or part.is_open or any(part.text in t.parameters for t in templates):
            continue
        known = {parameter for template in templates for parameter in template.parameters}
        help = hints.near(part.text, known)
        yield Finding(
            part.span,
            f"the template '{name}' has no parameter '{part.text}'",
            help or "name a parameter of the template, or take it away",
        )
