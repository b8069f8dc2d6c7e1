"""R7010."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.shell import syntax_faults
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.model.build import Build


@rule("R7010")
def script_syntax(build: Build) -> Iterator[Finding]:
    """bash cannot read a script.

    Bad:  if true; then echo yes
    Good: if true; then echo yes; fi
    """
    files = build.project.files
    paths = sorted(path for path in files if path.endswith(".sh"))
    for fault in syntax_faults([files[path] for path in paths]):
        path = paths[fault.text]
        help = f"bash names the line where it gave up, and the fault may stand above: try bash -n {path}"
        yield Finding(Span(path, fault.line), fault.message, help)
