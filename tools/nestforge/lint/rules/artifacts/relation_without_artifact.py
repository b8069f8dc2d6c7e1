"""R6003."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6003")
def relation_without_artifact(package: Package) -> Iterator[Finding]:
    """A relation names an artifact that config.yaml does not describe.

    Bad:  ArtifactId: ${Artifact.EcsImages.ArtifactId}, and no Artifact.EcsImages
    Good: ArtifactId: ${Artifact.EcsImage.ArtifactId}, and Artifact: {EcsImage: ...}
    """
    if package.config is None:
        return
    for relation in package.config.relations:
        for name in dict.fromkeys(relation.names):
            if name not in package.config.artifacts:
                help = did_you_mean(name, package.config.artifacts)
                yield Finding(
                    relation.span,
                    f"'{relation.token}' stands for the artifact '{name}', which is none",
                    help or "describe it under Artifact, or write the id of one that exists",
                )
