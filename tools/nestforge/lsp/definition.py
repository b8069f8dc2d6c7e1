"""Where what is named at a position is declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lsp.names import named_at
from nestforge.lsp.spot import spot_at

if TYPE_CHECKING:
    from nestforge.lsp.spot import Position
    from nestforge.model.diagnostic import Span
    from nestforge.sources.template import Template


def definition(template: Template, position: Position) -> Span | None:
    """Return where the parameter, resource, condition, mapping or variable is declared that is named at a position."""
    named = named_at(template, spot_at(template.root, position), position)
    return template.span(named.key) if named is not None and named.key is not None else None
