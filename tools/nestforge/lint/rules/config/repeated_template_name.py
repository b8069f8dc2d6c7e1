"""R6113."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6113")
def repeated_template_name(package: Package) -> Iterator[Finding]:
    """Two templates of config.yaml have the same name.

    Compute Nest keeps a template under its name: of the two, one is left.

    Bad:  TemplateConfigs: [{Name: 单机版, Url: a.yaml}, {Name: 单机版, Url: b.yaml}]
    Good: TemplateConfigs: [{Name: 单机版, Url: a.yaml}, {Name: 高可用版, Url: b.yaml}]
    """
    if package.config is None:
        return
    seen: set[tuple[bool, str]] = set()
    for edition in package.config.editions:
        part = edition.part.at("Name")
        if part and edition.name and (edition.for_supplier, edition.name) in seen:
            yield Finding(part.span, f"a template is called '{edition.name}' already", "give each its own name")
        seen.add((edition.for_supplier, edition.name))
