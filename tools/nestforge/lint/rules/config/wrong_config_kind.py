"""R6103."""

from __future__ import annotations

from nestforge.lint.config_schema import KIND
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6103")
def wrong_config_kind(package: Package) -> Iterator[Finding]:
    """A value of config.yaml is a mapping, a list or a text where another kind is read.

    Bad:  ArtifactRelation: [{ecs_image: {ArtifactId: artifact-1}}]
    Good: ArtifactRelation: {ecs_image: {ArtifactId: artifact-1}}
    """
    for fault in package.config_faults:
        if fault.kind == KIND:
            yield Finding(fault.span, fault.message, fault.help or "write what the schema of config.yaml has there")
