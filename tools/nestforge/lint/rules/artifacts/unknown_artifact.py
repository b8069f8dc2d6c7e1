"""R6003."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nestforge.lint.artifact_use import relations
from nestforge.lint.engine import Finding, rule
from nestforge.lint.nodes import child, pairs, scalar
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package

_REFERENCE = re.compile(r"\$\{Artifact\.(\w+)\.\w+\}")


@rule("R6003")
def unknown_artifact(package: Package) -> Iterator[Finding]:
    """A relation leads to an artifact that config.yaml does not define.

    Bad:  ArtifactId: ${Artifact.R1.ArtifactId}, without Artifact.R1
    Good: ArtifactId: ${Artifact.R1Image.ArtifactId}, with Artifact.R1Image
    """
    if package.config is None:
        return
    defined = [key for _, key, _ in pairs(child(package.config.root, "Artifact"))]
    for _, name, _, value in relations(package.config):
        target = child(value, "ArtifactId")
        found = _REFERENCE.fullmatch(scalar(target) or "")
        if target is not None and found is not None and found[1] not in defined:
            message = f"there is no artifact '{found[1]}'"
            yield Finding(package.config.span(target), message, did_you_mean(found[1], defined), name)
