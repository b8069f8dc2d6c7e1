"""R6104."""

from __future__ import annotations

from nestforge.lint.config_schema import VALUE
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6104", severity="warning")
def disallowed_config_value(package: Package) -> Iterator[Finding]:
    """A value of config.yaml is none of those that Compute Nest documents.

    Bad:  ServiceType: Private
    Good: ServiceType: private
    """
    for fault in package.config_faults:
        if fault.kind == VALUE:
            yield Finding(fault.span, fault.message, fault.help or "write one of them")
