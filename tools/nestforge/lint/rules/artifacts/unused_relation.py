"""R6002."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.artifact_use import image_tokens, placeholders, relations
from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6002")
def unused_relation(package: Package) -> Iterator[Finding]:
    """config.yaml relates an artifact to a name that no template uses.

    The artifact is built and copied to every region, and reaches nobody.

    Bad:  ArtifactRelation.ecs_image_v3, and no ImageId ecs_image_v3
    Good: ArtifactRelation.ecs_image_v3, and ImageId: ecs_image_v3
    """
    if package.config is None or package.build.diagnostics:
        return
    used = {token for template in package.templates for _, token in image_tokens(template)}
    used |= {name for template in package.templates for _, _, name in placeholders(template)}
    for _, name, key, _ in relations(package.config):
        if name not in used:
            help = did_you_mean(name, used) or "name it in a template, or take it out of service/"
            yield Finding(package.config.span(key), f"no template uses '{name}'", help, name)
