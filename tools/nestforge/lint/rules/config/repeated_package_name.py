"""R6154."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6154", severity="warning")
def repeated_package_name(package: Package) -> Iterator[Finding]:
    """Two predefined parameter packages of a template have the same name.

    A buyer cannot tell them apart.

    Bad:  PredefinedParameters: [{Name: 低配版}, {Name: 低配版}]
    Good: PredefinedParameters: [{Name: 低配版}, {Name: 高配版}]
    """
    for edition in package.config.editions if package.config else ():
        seen: set[str] = set()
        for preset in edition.part.items_at("PredefinedParameters"):
            part = preset.at("Name")
            if part and part.text and part.text in seen:
                yield Finding(
                    part.span,
                    f"a package of this template is called '{part.text}' already",
                    "give it a name of its own",
                )
            if part:
                seen.add(part.text)
