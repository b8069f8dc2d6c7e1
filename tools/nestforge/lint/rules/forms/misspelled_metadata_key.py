"""R4034."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.engine import Finding, rule
from nestforge.lint.form_fields import fields_of
from nestforge.model.near_miss import did_you_mean
from nestforge.rosspec.association_properties import association_property, common_keys
from nestforge.sources.nodes import pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R4034", severity="warning")
def misspelled_metadata_key(template: Template) -> Iterator[Finding]:
    """A component of the form is told something under a key that it does not know.

    What it is told has no effect.

    Bad:  {AssociationProperty: AutoCompleteInput, AssociationPropertyMetadata: {length: 8}}
    Good: {AssociationProperty: AutoCompleteInput, AssociationPropertyMetadata: {Length: 8}}
    """
    for field in fields_of(template):
        node = field.attributes.get("AssociationPropertyMetadata")
        if node is None:
            continue
        component = association_property(field.association) if field.association else None
        closed = component is not None and component.closed
        known = common_keys() | (component.keys if component else frozenset())
        for key, _ in pairs(node):
            name = str(key.value)
            meant = {other.casefold(): other for other in known}.get(name.casefold())
            if name in known or (meant is None and not closed):
                continue
            help = f"did you mean '{meant}'?" if meant else did_you_mean(name, known)
            yield Finding(
                template.span(key), f"{field.association or 'the form'} has no use for the key '{name}'", help
            )
