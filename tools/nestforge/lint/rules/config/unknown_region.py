"""R6130."""

from __future__ import annotations

from nestforge.lint.config_schema import REGION
from nestforge.lint.engine import Finding, rule
from nestforge.lint.regions import REGIONS, is_region
from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6130", severity="warning")
def unknown_region(package: Package) -> Iterator[Finding]:
    """config.yaml names a region that Alibaba Cloud is not known to have.

    Bad:  AllowedRegions: [cn-hangzou]
    Good: AllowedRegions: [cn-hangzhou]
    """
    for fault in package.config_faults:
        if fault.kind == REGION and not is_region(fault.message):
            help = did_you_mean(fault.message, REGIONS)
            yield Finding(
                fault.span,
                f"'{fault.message}' is no region of Alibaba Cloud that is known",
                help or "write a region such as cn-hangzhou",
            )
