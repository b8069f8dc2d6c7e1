"""R6008."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6008", severity="warning")
def repeated_artifact_name(package: Package) -> Iterator[Finding]:
    """Two artifacts of config.yaml have the same name.

    The tools that import the file know an artifact by its name, whatever its type: the second one replaces the first.

    Bad:  Artifact: {App: {ArtifactName: app, ...}, Web: {ArtifactName: app, ...}}
    Good: Artifact: {App: {ArtifactName: app, ...}, Web: {ArtifactName: web, ...}}
    """
    if package.config is None:
        return
    first: dict[str, str] = {}
    for name, artifact in package.config.artifacts.items():
        part = artifact.at("ArtifactName")
        if part is None or not part.text or part.is_open:
            continue
        if part.text in first:
            message = f"the artifact '{first[part.text]}' is called '{part.text}' already"
            yield Finding(part.span, message, "give each artifact its own name")
        first.setdefault(part.text, name)
