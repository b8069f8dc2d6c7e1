"""The shell scripts of a package: files, and the commands in config.yaml that build something."""

from __future__ import annotations

from nestforge.lint.command_text import is_for_shell
from nestforge.model.diagnostic import Span
from nestforge.model.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.config import BuildCommand
    from nestforge.lint.package import Package


class PackageScript(NamedTuple):
    """A text that a shell reads; `command` is set where it stands in config.yaml."""

    path: str
    text: str
    command: BuildCommand | None = None

    def span(self, line: int) -> Span:
        """Return the place of a line of the text."""
        if self.command is None:
            return Span(self.path, line)
        if self.command.span.path != self.path:  # it is made from a source
            return self.command.span
        return Span(self.path, self.command.line_at(line))


def script_files(package: Package) -> Iterator[PackageScript]:
    """Yield the files that are for a shell by their name, unless their first line names something else."""
    for path, text in package.files.texts():
        if path.endswith(".sh") and is_for_shell(text):
            yield PackageScript(path, text)


def build_commands(package: Package) -> Iterator[PackageScript]:
    """Yield the commands of config.yaml that are for a shell."""
    if package.config is None:
        return
    for command in (*package.config.commands, *package.config.builders):
        if command.kind in ("", "RunShellScript") and is_for_shell(command.content):
            yield PackageScript(package.config.path, command.content, command)
