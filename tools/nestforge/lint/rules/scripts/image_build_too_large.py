"""R7003."""

from __future__ import annotations

from nestforge.lint.command_size import COMMAND_LIMIT
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R7003")
def image_build_too_large(package: Package) -> Iterator[Finding]:
    """The command that builds an image is larger than Cloud Assistant accepts.

    Bad:  a CommandContent of 13,000 bytes
    Good: a CommandContent of 4,000 bytes
    """
    if package.config is None:
        return
    for command in package.config.commands:
        size = len(command.content.encode())
        if size > COMMAND_LIMIT:
            message = f"the build of '{command.artifact}' has {size:,} bytes, expected at most {COMMAND_LIMIT:,}"
            yield Finding(
                command.span, message, "put the script into the repository that the build clones, and call it"
            )
