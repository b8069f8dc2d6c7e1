"""R8004."""

from __future__ import annotations

from nestforge.lint.document_links import is_there, near_file, target_of
from nestforge.lint.engine import Finding, rule
from nestforge.lint.hints import Hints

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R8004", severity="warning")
def missing_link_target(package: Package) -> Iterator[Finding]:
    """A document links to a file that is not in the package.

    Bad:  [How to deploy](deployment.md), and only deploy.md is there
    Good: [How to deploy](deploy.md)
    """
    hints = Hints()
    for path, document in package.outlines.items():
        for link in document.links:
            target = target_of(link.address, path)
            if target and not target.startswith("..") and not is_there(target, package.files):
                help = near_file(target, path, package.files, hints)
                yield Finding(
                    link.span(path),
                    f"there is no file '{target}' in the package",
                    help or "write the file, or link to one that is there",
                )
