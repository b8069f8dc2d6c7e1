"""R6005."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package

_TYPES = {
    "ArtifactRelation": ("EcsImage",),
    "FileArtifactRelation": ("File", "Script"),
    "AcrImageArtifactRelation": ("AcrImage",),
    "HelmChartArtifactRelation": ("HelmChart",),
}


@rule("R6005")
def artifact_of_wrong_type(package: Package) -> Iterator[Finding]:
    """A relation leads to an artifact of another type than its section is for.

    Bad:  FileArtifactRelation: {'{{ computenest::file::app }}': ...} to an artifact of type EcsImage
    Good: FileArtifactRelation: {'{{ computenest::file::app }}': ...} to an artifact of type File
    """
    for relation in package.config.relations if package.config else ():
        wanted = _TYPES[relation.section]
        for name in relation.names:
            artifact = package.config.artifacts.get(name) if package.config else None
            kind = artifact.text_at("ArtifactType") if artifact else ""
            if kind and "${" not in kind and kind not in wanted:
                message = f"{relation.section} relates '{relation.token}' to '{name}', an artifact of type {kind}"
                yield Finding(relation.span, message, f"expected {' or '.join(wanted)}")
