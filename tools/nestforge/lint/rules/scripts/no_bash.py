"""R7013."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.shell import has_bash
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.build import Build


@rule("R7013", severity="info")
def no_bash(build: Build) -> Iterator[Finding]:
    """There is no bash here, so no script was read.

    Bad:  a machine without bash
    Good: a machine with bash in PATH
    """
    scripts = sorted(path for path in build.project.files if path.endswith(".sh"))
    if scripts and not has_bash():
        message = f"the syntax of {len(scripts)} scripts and of the commands was not checked: there is no bash"
        yield Finding(Span(scripts[0], 1), message, "install bash")
