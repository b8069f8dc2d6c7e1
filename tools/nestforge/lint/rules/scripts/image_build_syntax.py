"""R7012."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.package_scripts import build_commands
from nestforge.lint.shell import syntax_faults

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R7012", unless="R7010")
def image_build_syntax(package: Package) -> Iterator[Finding]:
    """bash cannot read the command that builds an image.

    Bad:  CommandContent: for file in a b; do echo "$file"
    Good: CommandContent: for file in a b; do echo "$file"; done
    """
    commands = list(build_commands(package))
    for fault in syntax_faults([command.text for command in commands]):
        command = commands[fault.text]
        name = command.command.artifact if command.command else ""
        message = f"line {fault.line} of the build of '{name}': {fault.message}"
        help = "bash names the line where it gave up, and the fault may stand above"
        yield Finding(command.span(fault.line), message, help)
