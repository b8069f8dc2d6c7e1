"""R6112."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.hints import Hints

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.config import Config
    from nestforge.lint.package import Package
    from nestforge.sources.config_part import Part


@rule("R6112")
def unknown_template_name(package: Package) -> Iterator[Finding]:
    """A section of config.yaml names a template that is not offered.

    The name is the key that joins the sections: an operation for another name is an operation for nothing.

    Bad:  TemplateName: ECS单机板, and TemplateConfigs: [{Name: ECS单机版}]
    Good: TemplateName: ECS单机版, and TemplateConfigs: [{Name: ECS单机版}]
    """
    if package.config is None:
        return
    offered = {edition.name for edition in package.config.editions if not edition.for_supplier}
    if not offered:
        return
    hints = Hints()
    for part in _named(package.config):
        if part.text and not part.is_open and part.text not in offered:
            help = hints.near(part.text, offered)
            yield Finding(
                part.span,
                f"TemplateConfigs has no template '{part.text}'",
                help or "name one of TemplateConfigs, or add it there",
            )


def _named(config: Config) -> Iterator[Part]:
    """Yield the names of templates in the sections that must agree with TemplateConfigs."""
    yield from (part for edition in config.editions if edition.for_supplier if (part := edition.part.at("Name")))
    operation = config.at("Service", "OperationMetadata")
    if operation is None:
        return
    for section in ("StatusOperationConfigs", "ModifyParametersConfig", "ParameterConfigs"):
        yield from (part for entry in operation.items_at(section) if (part := entry.at("TemplateName")))
    for action in operation.items_at("CustomOperations", "Actions"):
        yield from action.items_at("TemplateNames")
