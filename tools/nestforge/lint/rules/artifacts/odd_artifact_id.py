"""R6009."""

from __future__ import annotations

from nestforge.lint.config import RELATIONS, SUPPLIER
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package
    from nestforge.sources.config_part import Part

_OF_THE_CLOUD = "artifact-"


@rule("R6009", severity="warning")
def odd_artifact_id(package: Package) -> Iterator[Finding]:
    """The ArtifactId of a relation is neither an id nor a reference to an artifact.

    Ids of Compute Nest begin with `artifact-`. A name, or a reference without `${}`, is sent as it is.

    Bad:  FileArtifactRelation: {'{{ computenest::file::tools }}': {ArtifactId: Tools}}
    Good: FileArtifactRelation: {'{{ computenest::file::tools }}': {ArtifactId: '${Artifact.Tools.ArtifactId}'}}
    """
    if package.config is None:
        return
    for section in RELATIONS:
        for relation in package.config.entries("Service", "DeployMetadata", SUPPLIER, section):
            part = relation.at("ArtifactId")
            if part is not None and not part.is_open and not part.text.startswith(_OF_THE_CLOUD):
                found = f"'{part.text}' is no id of an artifact" if part.text else "the relation has no ArtifactId"
                yield Finding(part.span, found, _help(part, package.config.artifacts))


def _help(part: Part, artifacts: dict[str, Part]) -> str:
    for name, artifact in artifacts.items() if part.text else ():
        if name in part.text.split(".") or part.text == artifact.text_at("ArtifactName"):
            return f"did you mean '${{Artifact.{name}.ArtifactId}}'?"
    return f"write the id, or ${{Artifact.{next(iter(artifacts), 'NAME')}.ArtifactId}}"
