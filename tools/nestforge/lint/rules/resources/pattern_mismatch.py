"""R3108."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.resource_values import values_given_in
from nestforge.lint.scalars import is_absent, is_filled_in_later
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3108")
def pattern_mismatch(template: Template) -> Iterator[Finding]:
    """A property is given a text that the pattern of its type does not match.

    Every value counts that a condition, a mapping or a parameter can give it: each is a deployment that fails.

    Bad:  {Type: ALIYUN::ECS::InstanceGroup, Properties: {LaunchTemplateVersion: latest}}
    Good: {Type: ALIYUN::ECS::InstanceGroup, Properties: {LaunchTemplateVersion: 3}}
    """
    for given in values_given_in(template):
        wanted = given.of.pattern
        literal = given.literal if wanted is not None else None
        if wanted is None or literal is None or is_absent(literal) or is_filled_in_later(literal):
            continue
        if not pattern(wanted).search(literal.value):
            message = f"{given.path} must match {wanted}, and '{literal.value}' does not{given.choice}"
            yield Finding(
                template.span(given.place), message, "write what matches, or bound the parameter with AllowedPattern"
            )
