"""R6105."""

from __future__ import annotations

from nestforge.lint.config_schema import NUMBER
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6105", severity="warning")
def changed_number(package: Package) -> Iterator[Finding]:
    """A text without quotes is a number in YAML, and not the one that is written.

    A version of 1.10 becomes 1.1 on its way to Compute Nest.

    Bad:  Tag: 1.10
    Good: Tag: '1.10'
    """
    for fault in package.config_faults:
        if fault.kind == NUMBER:
            yield Finding(fault.span, fault.message, fault.help or "put it in quotes", fault.edits)
