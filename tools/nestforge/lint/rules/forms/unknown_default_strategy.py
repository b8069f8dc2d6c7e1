"""R4038."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import fields_of
from nestforge.model.near_miss import did_you_mean
from nestforge.sources.nodes import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_KNOWN = ("recent", "random")


@rule("R4038", severity="info")
def unknown_default_strategy(template: Template) -> Iterator[Finding]:
    """DefaultValueStrategy is another word than those that published templates use.

    They have `recent`, the buyer's last choice, and `random`. There is no list of all that the form takes, so
    another word may be right; one that it does not take leaves the field empty. [assumed]

    Bad:  {AssociationProperty: ZoneId, AssociationPropertyMetadata: {DefaultValueStrategy: Random}}
    Good: {AssociationProperty: ZoneId, AssociationPropertyMetadata: {DefaultValueStrategy: random}}
    """
    for field in fields_of(template):
        node = field.metadata.get("DefaultValueStrategy")
        word = scalar(node)
        if node is not None and word and word not in _KNOWN and "${" not in word and "{{" not in word:
            help = did_you_mean(word, _KNOWN) or "write recent or random, if one of them is meant"
            yield Finding(template.span(node), f"no template is known with the strategy '{word}'", help)
