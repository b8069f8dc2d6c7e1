"""The nodes of a rendered template, for the step that looks whether it is YAML, and for the rules after it."""

from __future__ import annotations

from functools import lru_cache

from nestforge.sources.compose import compose

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node


@lru_cache(maxsize=1)  # the two ask one after the other
def rendered_root(text: str) -> Node | None:
    """Return what `compose` returns, which nobody may change; raises YAMLError."""
    return compose(text)
