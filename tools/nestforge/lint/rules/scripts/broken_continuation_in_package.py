"""R7017."""

from __future__ import annotations

from nestforge.lint.continuations import cuts_in
from nestforge.lint.engine import Finding, rule
from nestforge.lint.package_scripts import build_commands, script_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R7017", severity="warning", unless="R7014")
def broken_continuation_in_package(package: Package) -> Iterator[Finding]:
    r"""A command in a script of a package, or in a build of config.yaml, ends where it was meant to go on.

    Bad:  docker run --detach \ # in the background
    Good: docker run --detach \
    """
    for script in (*script_files(package), *build_commands(package)):
        for cut in cuts_in(script.text):
            yield Finding(script.span(cut.line), cut.message, cut.help)
