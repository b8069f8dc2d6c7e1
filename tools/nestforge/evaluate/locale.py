"""The texts that a template has in each language of the form."""

from __future__ import annotations

from nestforge.sources.nodes import entries, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node


def localized(node: Node | None, locale: str) -> str | None:
    """Return the text of a label or description: one for all languages, or the one of this language."""
    whole = scalar(node)
    if whole is not None:
        return whole
    texts = entries(node)
    return scalar(texts.get(locale)) or next((text for text in map(scalar, texts.values()) if text), None)
