"""R6006."""

from __future__ import annotations

from collections import Counter

from nestforge.lint.config import ARTIFACT, scalars_below
from nestforge.lint.engine import Finding, rule
from nestforge.lint.hints import Hints
from nestforge.lint.placeholders import BUILT_IN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6006", severity="warning")
def unused_artifact(package: Package) -> Iterator[Finding]:
    """config.yaml describes an artifact that no relation leads to.

    It is built, scanned and copied, and nothing uses it.

    Bad:  Artifact: {Tools: ...}, and no ${Artifact.Tools.ArtifactId}
    Good: Artifact: {Tools: ...}, and ArtifactId: ${Artifact.Tools.ArtifactId}
    """
    if package.config is None:
        return
    scalars = list(scalars_below(package.config.root))
    used = {name for part in scalars for name in ARTIFACT.findall(part.text)}
    ids = Counter(part.text for part in scalars if part.name == "ArtifactId")
    pulled = any(BUILT_IN in template.text for template in package.templates)
    unknown = used - package.config.artifacts.keys()
    hints = Hints()
    for name, artifact in package.config.artifacts.items():
        if pulled and artifact.text_at("ArtifactType") == "AcrImage":
            continue  # a compose file or a chart can name the image itself
        if name not in used and (not (known := artifact.text_at("ArtifactId")) or ids[known] < 2):
            help = hints.near(name, unknown)
            yield Finding(
                artifact.key_span,
                f"nothing uses the artifact '{name}'",
                help or "name it in a relation, or take it away",
            )
