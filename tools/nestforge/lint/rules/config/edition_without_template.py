"""R6114."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6114")
def edition_without_template(package: Package) -> Iterator[Finding]:
    """A template that config.yaml offers has no file.

    Bad:  TemplateConfigs: [{Name: 单机版}]
    Good: TemplateConfigs: [{Name: 单机版, Url: ros_templates/template.yaml}]
    """
    if package.config is None or package.config.root.text_at("Service", "DeployType") not in ("", "ros"):
        return
    given = {edition.name for edition in package.config.editions if edition.part.text_at("Url")}
    for edition in package.config.editions:
        if edition.name and edition.name not in given:
            span = (edition.part.at("Name") or edition.part).span
            yield Finding(span, f"'{edition.name}' has no template", "name its file with the key Url")
    metadata = package.config.at("Service", "DeployMetadata")
    private = package.config.root.text_at("Service", "ServiceType") == "private"
    if metadata is not None and private and not package.config.editions:
        yield Finding(metadata.key_span, "a private service needs a template", "name it in TemplateConfigs")
