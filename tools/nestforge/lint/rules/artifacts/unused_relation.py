"""R6002."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.placeholders import IMAGES, SECTIONS, kind_of, normal
from nestforge.lint.tokens import all_scalars, image_tokens, placeholders
from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6002")
def unused_relation(package: Package) -> Iterator[Finding]:
    """config.yaml relates a token that no template has to an artifact.

    The artifact is built, copied to the regions and paid for, and nothing uses it.

    Bad:  ArtifactRelation: {ecs_image_r1: ...}, and no ImageId of that name
    Good: ArtifactRelation: {ecs_image_r1: ...}, and ImageId: ecs_image_r1
    """
    if not package.complete or package.config is None:
        return
    written = {text for template in package.templates for text in all_scalars(template)}
    for relation in package.config.relations:
        if normal(relation.token) not in written:
            near = did_you_mean(relation.token, _unrelated(package, relation.section))
            help = near or "put the token into a template, or take the relation and its artifact out"
            yield Finding(relation.span, f"no template uses '{relation.token}' of {relation.section}", help)


def _unrelated(package: Package, section: str) -> set[str]:
    """Return the tokens of the templates that belong into `section`, and are not in it."""
    relations = package.config.relations if package.config else ()
    related = {normal(relation.token) for relation in relations if relation.section == section}
    if section == IMAGES:
        found = {token.text for template in package.templates for token in image_tokens(template)}
    else:
        all_kinds = {token.text for template in package.templates for token in placeholders(template)}
        found = {text for text in all_kinds if SECTIONS.get(kind_of(text)) == section}
    return found - related
