"""What an editor shows beside the mouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.lsp.association import is_component, metadata_keys
from nestforge.lsp.describe import component_text, function_text, metadata_text, named_text, property_text, type_text
from nestforge.lsp.names import named_at
from nestforge.lsp.place import WITH_TYPES, place_of
from nestforge.lsp.spot import Position, function_name, spot_at
from nestforge.model.diagnostic import Span
from nestforge.rosspec.spec import bundled
from nestforge.sources.libyaml import ScalarNode

if TYPE_CHECKING:
    from nestforge.lsp.spot import Spot
    from nestforge.sources.template import Template


@dataclass(frozen=True, slots=True)
class Hover:
    """A text in Markdown, and what it is about."""

    text: str
    span: Span


def hover(template: Template, position: Position) -> Hover | None:
    """Return what there is to say about what is at a position."""
    spot = spot_at(template.root, position)
    if not isinstance(spot.node, ScalarNode):
        return None
    text = _text(template, spot, position)
    return Hover(text, _first_line(template.span(spot.node))) if text else None


def _text(template: Template, spot: Spot, position: Position) -> str | None:
    tag, start = spot.node.tag, spot.node.start_mark
    if tag.startswith("!") and (position.line, position.column) <= (start.line, start.column + len(tag)):
        return function_text(function_name(tag))
    named = named_at(template, spot, position)
    if named is not None:
        return named_text(template, named)
    name = str(spot.way[-1]) if spot.way else ""
    if spot.on_key and (name.startswith("Fn::") or name == "Ref"):
        return function_text(name)
    if len(spot.way) == 3 and spot.way[0] in WITH_TYPES and name == "Type" and not spot.on_key:
        found = bundled().type(spot.text or "") if "::" in (spot.text or "") else None
        return type_text(found) if found is not None else None
    if is_component(spot.way) and not spot.on_key:
        return component_text(spot.text or "")
    if spot.on_key and (keys := metadata_keys(spot, spot.way[:-1])) is not None:
        return metadata_text(name, keys[name]) if name in keys else None
    place = place_of(template, spot)
    if place is None or place.of is None:
        return None
    steps = [step for step in spot.way if isinstance(step, str) and step != "Fn::If"]
    return property_text(steps[-1], place.of)


def _first_line(span: Span) -> Span:
    """Return the part of a span that is on its first line; without an end where the rest of the line is meant."""
    return span if span.end_line == span.line else Span(span.path, span.line, span.column)
