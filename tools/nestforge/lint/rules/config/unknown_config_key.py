"""R6101."""

from __future__ import annotations

from nestforge.lint.config_schema import UNKNOWN
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6101", severity="warning")
def unknown_config_key(package: Package) -> Iterator[Finding]:
    """config.yaml has a key that nothing reads.

    The tools that import the file drop it, and say nothing: the service is made without it.

    Bad:  ServiceInfo: {name: Demo}
    Good: ServiceInfo: {Name: Demo}
    """
    for fault in package.config_faults:
        if fault.kind == UNKNOWN:
            yield Finding(fault.span, fault.message, fault.help or "take it away: it has no effect", fault.edits)
