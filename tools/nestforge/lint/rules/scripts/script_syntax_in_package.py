"""R7018."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.package_scripts import script_files
from nestforge.lint.shell import syntax_faults

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R7018", unless="R7010")
def script_syntax_in_package(package: Package) -> Iterator[Finding]:
    """bash cannot read a script of a package.

    Bad:  if true; then echo yes
    Good: if true; then echo yes; fi
    """
    scripts = list(script_files(package))
    for fault in syntax_faults([script.text for script in scripts]):
        script = scripts[fault.text]
        help = f"bash names the line where it gave up, and the fault may stand above: try bash -n {script.path}"
        yield Finding(script.span(fault.line), fault.message, help)
