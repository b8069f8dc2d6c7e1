"""R6102."""

from __future__ import annotations

from nestforge.lint.config_schema import MISSING
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6102")
def missing_config_key(package: Package) -> Iterator[Finding]:
    """config.yaml lacks a key without which the service cannot be imported.

    Bad:  Artifact: {EcsImage: {ArtifactType: EcsImage}}
    Good: Artifact: {EcsImage: {ArtifactType: EcsImage, ArtifactName: demo}}
    """
    for fault in package.config_faults:
        if fault.kind == MISSING:
            yield Finding(fault.span, fault.message, fault.help or "add it")
