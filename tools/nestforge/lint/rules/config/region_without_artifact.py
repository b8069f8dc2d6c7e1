"""R6131."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.placeholders import normal
from nestforge.lint.regions import is_region
from nestforge.lint.tokens import all_scalars

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package
    from nestforge.sources.config_part import Part


@rule("R6131", severity="warning")
def region_without_artifact(package: Package) -> Iterator[Finding]:
    """A template is offered in a region where an artifact that it uses is not.

    Bad:  AllowedRegions: [cn-hangzhou, cn-beijing], and SupportRegionIds: [cn-hangzhou]
    Good: AllowedRegions: [cn-hangzhou], and SupportRegionIds: [cn-hangzhou]
    """
    if package.config is None:
        return
    for edition in package.config.editions:
        template = package.templates_by_path.get(edition.path)
        allowed = [part for part in edition.part.items_at("AllowedRegions") if is_region(part.text)]
        if template is None or not allowed:
            continue
        written = all_scalars(template)
        used = {n for r in package.config.relations if normal(r.token) in written for n in r.names}
        for name in sorted(used & package.config.artifacts.keys()):
            regions = _regions(package.config.artifacts[name])
            for part in allowed:
                if regions and part.text not in regions:
                    message = f"the template is offered in {part.text}, and its artifact '{name}' is not there"
                    yield Finding(part.span, message, f"add {part.text} to SupportRegionIds of '{name}'")


def _regions(artifact: Part) -> set[str]:
    """Return where an artifact is; empty where that is not said, or only at the import."""
    parts = artifact.items_at("SupportRegionIds")
    if not parts or any(part.is_open for part in parts):
        return set()
    built = artifact.text_at("ArtifactBuildProperty", "RegionId")
    return {part.text for part in parts} | {built or artifact.text_at("ArtifactProperty", "RegionId")}
