"""Answer a list a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from nestforge.sandbox.errors import invalid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nestforge.sandbox.parameters import Parameters

Row = TypeVar("Row")


def page(rows: Sequence[Row], parameters: Parameters) -> tuple[Sequence[Row], dict[str, object]]:
    """Return the rows that MaxResults (20, at most 100) and NextToken ask for, and the answer's paging fields."""
    size = parameters.number("MaxResults", 100) or 20
    shown, more = page_of_size(rows, parameters, size)
    return shown, {"MaxResults": size, "TotalCount": len(rows), **more}


def page_of_size(rows: Sequence[Row], parameters: Parameters, size: int) -> tuple[Sequence[Row], dict[str, object]]:
    """Return the rows that NextToken asks for, and the token for those after."""
    token = parameters.text("NextToken") or "0"
    if not token.isascii() or not token.isdigit() or int(token) > len(rows):
        raise invalid("NextToken", "it is not a token that this list gave.")
    start = int(token)
    more: dict[str, object] = {"NextToken": str(start + size)} if start + size < len(rows) else {}
    return rows[start : start + size], more
