"""R6152."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.hints import Hints

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6152", severity="warning")
def undefined_output_key(package: Package) -> Iterator[Finding]:
    """config.yaml configures an output that the template does not have.

    Bad:  OutputConfigs: [{OutputKey: Adress, EnableWebProxy: true}]
    Good: OutputConfigs: [{OutputKey: Address, EnableWebProxy: true}]
    """
    hints = Hints()
    for edition in package.config.editions if package.config else ():
        template = package.templates_by_path.get(edition.path)
        for output in edition.part.items_at("OutputConfigs"):
            part = output.at("OutputKey")
            if template and part and part.text and not part.is_open and part.text not in template.outputs:
                help = hints.near(part.text, template.outputs)
                yield Finding(
                    part.span,
                    f"the template has no output '{part.text}'",
                    help or "name an output of the template, or take it away",
                )
