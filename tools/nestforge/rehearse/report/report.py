"""Everything that a rehearsal has to say."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.rehearse.report.estimate import Estimate
    from nestforge.rehearse.result import Rehearsed

SCHEMA = 1
HOSTS, DRY = "hosts", "dry"
"""What it ran on: hosts made of namespaces with an engine, or stand-ins alone."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs from the real thing, and why."""

    what: str
    there: str
    here: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """A rehearsal of a package, named by the sha256 of its manifest. `selection` says which combinations were taken.

    `began` is a time in UTC, `seconds` is how long all of it took.
    """

    package: str
    service: str
    version: str
    tier: str
    selection: str
    began: str
    seconds: float
    rehearsed: tuple[Rehearsed, ...]
    differences: tuple[Difference, ...]
    not_confined: tuple[str, ...]
    not_proven: tuple[str, ...]
    estimates: Mapping[str, Estimate]

    @property
    def passed(self) -> bool:
        """Whether something was rehearsed, and all of it passed."""
        return bool(self.rehearsed) and all(each.passed for each in self.rehearsed)


def as_json(report: Report) -> str:
    """Return the report for other programs: what `passed` means stands beside each part."""
    found: dict[str, Any] = {"schema": SCHEMA, "passed": report.passed, **asdict(report)}
    for shown, each in zip(found["rehearsed"], report.rehearsed, strict=True):
        shown["passed"] = each.passed
        for check, made in zip(shown["checks"], each.checks, strict=True):
            check["passed"] = made.passed
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
