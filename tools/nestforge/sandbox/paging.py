"""Answer a list a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from nestforge.sandbox.errors import invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nestforge.sandbox.parameters import Parameters

T = TypeVar("T")


def page(rows: Sequence[T], parameters: Parameters) -> tuple[Sequence[T], dict[str, object]]:
    """Return the rows that MaxResults and NextToken ask for, and the answer's own paging fields."""
    size = parameters.number("MaxResults", 20, 100)
    token = parameters.text("NextToken") or "0"
    if not token.isdigit() or int(token) > len(rows):
        raise invalid("NextToken", "it is not a token that this list gave.")
    start = int(token)
    more = {"NextToken": str(start + size)} if start + size < len(rows) else {}
    return rows[start : start + size], {"MaxResults": size, **more}
