"""R3110."""

from __future__ import annotations

from nestforge.lint.attributes import unknown_attributes
from nestforge.lint.engine import Finding, rule
from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3110", severity="info")
def unlisted_attribute(template: Template) -> Iterator[Finding]:
    """An attribute is asked for that a type without documentation is not known to return.

    What is known of such a type may lack attributes that it has, so this is a hint only.

    Bad:  {"Fn::GetAtt": [RandomKey, string]}
    Good: {"Fn::GetAtt": [RandomKey, value]}
    """
    for asked, of in unknown_attributes(template):
        if not of.described:
            message = f"{of.name} is not known to have the attribute '{asked.attribute}'"
            help = did_you_mean(asked.attribute, of.attributes) or "look it up in the manual of the type"
            yield Finding(asked.span(template), message, help)
