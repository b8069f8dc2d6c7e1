"""R6141."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.timeouts import DEFAULT, DEPLOY_TIMEOUT, waits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6141", severity="warning")
def wait_outlasts_deployment(package: Package) -> Iterator[Finding]:
    """A command or a wait may take longer than the whole deployment.

    Compute Nest ends the deployment first, an hour after its beginning where DeployTimeout says nothing. A command
    without Sync is started and not waited for, so it may take longer. [assumed]

    Bad:  Timeout: 10800 of a RunCommand with Sync, and no DeployTimeout
    Good: Timeout: 10800 of a RunCommand with Sync, and DeployTimeout: 14400
    """
    if package.config is None:
        return
    part = package.config.at(*DEPLOY_TIMEOUT)
    if part is not None and not part.text.isdecimal():
        return  # given at the import, or R6103
    whole = int(part.text[:12]) if part is not None else DEFAULT
    offered = {edition.path for edition in package.config.editions}
    for template in package.templates:
        if template.path not in offered:
            continue
        for resource, node, seconds in waits(template):
            if seconds > whole:
                message = f"'{resource}' may take {seconds} seconds, and the whole deployment only {whole}"
                help = f"set DeployTimeout of SupplierDeployMetadata to more than {seconds}"
                yield Finding(template.span(node), message, help)
