"""What one linter reports as an error and the other does not, and the table that says why."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Difference(NamedTuple):
    """An error in published templates, `theirs` or `ours`, by code; or a `kind` of mistake and who reports it alone.

    `reported_by` is `theirs`, `ours`, or `none`.
    """

    theirs: str | None = None
    ours: str | None = None
    kind: str | None = None
    reported_by: str | None = None

    def said(self) -> str:
        """Return it as a phrase."""
        if self.kind is not None:
            return f"the mistake '{self.kind}', reported by {self.reported_by}"
        return f"{self.theirs} of theirs" if self.theirs else f"{self.ours} of ours"


def explained(table: Path) -> dict[Difference, str]:
    """Return the reasons; raises ValueError where a row has none, or is there twice."""
    rows = tomllib.loads(table.read_text(encoding="utf-8"))
    result: dict[Difference, str] = {}
    for row in [*rows.get("template", []), *rows.get("mistake", [])]:
        reason = row.pop("reason", "").strip()
        difference = Difference(**row)
        if not reason or difference in result:
            raise ValueError(f"{table.name}: {difference.said()} needs one row with a reason")
        result[difference] = reason
    return result
