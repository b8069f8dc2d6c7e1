"""R6140."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.timeouts import DEPLOY_TIMEOUT, LEAST, MOST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6140", severity="warning")
def deploy_timeout_out_of_range(package: Package) -> Iterator[Finding]:
    """The time that a deployment may take is outside of what ROS allows for a stack.

    Bad:  DeployTimeout: 120
    Good: DeployTimeout: 7200
    """
    part = package.config.at(*DEPLOY_TIMEOUT) if package.config else None
    if part is not None and part.text.isdecimal() and not LEAST <= int(part.text[:12]) <= MOST:
        message = f"a deployment may take {part.text} seconds, expected {LEAST} to {MOST}"
        yield Finding(part.span, message, "a stack of ROS takes 10 minutes to 24 hours at most; the unit is seconds")
