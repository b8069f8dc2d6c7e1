"""R6001."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.placeholders import IMAGES, SECTIONS, kind_of, normal
from nestforge.lint.tokens import image_tokens, placeholders
from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6001")
def token_without_relation(package: Package) -> Iterator[Finding]:
    """A template has a token for an artifact that config.yaml relates to none.

    Compute Nest then leaves the token as it is: the deployment asks for an image of that name, or fetches
    an address that is none.

    Bad:  ImageId: ecs_image_r2, and no ArtifactRelation of that name
    Good: ImageId: ecs_image_r1, and ArtifactRelation: {ecs_image_r1: {ArtifactId: ...}}
    """
    if package.config is None:
        return
    known: dict[str, set[str]] = {}
    for relation in package.config.relations:
        known.setdefault(relation.section, set()).add(normal(relation.token))
    for template in package.templates:
        wanted = [(IMAGES, token) for token in image_tokens(template)]
        wanted += [(SECTIONS.get(kind_of(token.text), ""), token) for token in placeholders(template)]
        for section, token in wanted:
            related = known.get(section, set())
            if token.text in related:
                continue
            span = template.span_of_text(token.node, token.text)
            if not section:
                message = f"'{token.text}' is no kind of placeholder that Compute Nest knows"
                yield Finding(span, message, f"the kinds are {', '.join(SECTIONS)}")
                continue
            help = did_you_mean(token.text, related) or "relate it to an artifact"
            yield Finding(span, f"'{token.text}' is not in {section} of config.yaml", help)
