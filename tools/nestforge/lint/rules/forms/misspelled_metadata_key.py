"""R4034."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import fields_of
from nestforge.model.near_miss import did_you_mean, respelt
from nestforge.rosspec.association_properties import association_property, common_keys
from nestforge.sources.nodes import entries, items, key_text, pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

_CONDITIONAL = ("Visible", "Required", "ReadOnly")
"""R4041 says what is wrong in these."""


@rule("R4034", severity="warning")
def misspelled_metadata_key(template: Template) -> Iterator[Finding]:
    """A component of the form is told something under a key that it does not know.

    What it is told has no effect, or so the published list of components says. A warning at most: the stack deploys
    all the same, and live services have `min` for `Min`. Only a key that differs from a known one in the case of its
    letters is reported, and any other only of a component whose list is complete.

    Bad:  {AssociationProperty: AutoCompleteInput, AssociationPropertyMetadata: {length: 8}}
    Good: {AssociationProperty: AutoCompleteInput, AssociationPropertyMetadata: {Length: 8}}
    """
    for field in fields_of(template):
        node = field.attributes.get("AssociationPropertyMetadata")
        if node is None:
            continue
        component = association_property(field.association) if field.association else None
        known = common_keys() | (component.keys if component else {})
        closed = component is not None and component.closed
        yield from _misspelled(template, node, known, field.association or "the form", closed=closed)
        for key, value in pairs(node):
            inner = known.get(key_text(key), ())
            for holder in (items(value) or [value]) if inner and key_text(key) not in _CONDITIONAL else []:
                yield from _misspelled(template, holder, inner, key_text(key), closed=False)


def _misspelled(template: Template, node: Node, known: Collection[str], who: str, *, closed: bool) -> Iterator[Finding]:
    """Yield the keys of a map that are not known but for the case of their letters, or not at all."""
    folded, written = {name.casefold(): name for name in known}, entries(node)
    for key, _ in pairs(node):
        name, span = key_text(key), template.span(key)
        meant = folded.get(name.casefold())
        if name not in known and (meant is not None or closed):
            help = f"did you mean '{meant}'?" if meant else did_you_mean(name, known)
            edits = respelt(span, name, known, written)
            yield Finding(span, f"{who} has no use for the key '{name}'", help or "take it away", edits)
