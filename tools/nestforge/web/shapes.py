"""What a JSON value is taken for where a file or a service may hold anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.cloud.json_value import Json


def as_map(value: Json) -> Mapping[str, Json]:
    """Return a map; an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def as_list(value: Json) -> Sequence[Json]:
    """Return a list; anything else by itself in one, nothing as an empty one."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return value
    return [] if value is None else [value]


def as_text(value: Json) -> str:
    """Return a scalar as text; empty for anything else."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (str, int, float)) else ""
