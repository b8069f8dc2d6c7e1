"""R6001."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.artifact_use import image_tokens, placeholders, relations
from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package

_HELP = "relate it to an artifact in config.yaml, under SupplierDeployMetadata"


@rule("R6001")
def unrelated_artifact(package: Package) -> Iterator[Finding]:
    """A template uses an artifact that config.yaml relates to nothing.

    Compute Nest replaces image tokens and placeholders only where a relation says by what; the rest
    reaches ECS as it is written, and the creation fails.

    Bad:  ImageId: ecs_image_r1, without ArtifactRelation.ecs_image_r1
    Good: ImageId: ecs_image_r1, with ArtifactRelation.ecs_image_r1
    """
    if package.config is None:
        return
    related = {name for _, name, _, _ in relations(package.config)}
    for template in package.templates:
        for node, token in image_tokens(template):
            if token not in related:
                help = did_you_mean(token, related) or _HELP
                yield Finding(template.span(node), f"no relation replaces the image '{token}'", help, token)
        for where, written, name in placeholders(template):
            if name not in related:
                help = did_you_mean(name, related) or _HELP
                yield Finding(template.span(where, written), f"no relation replaces '{name}'", help, name)
