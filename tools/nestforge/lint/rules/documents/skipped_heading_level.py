"""R8007."""

from __future__ import annotations

from itertools import pairwise

from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R8007", severity="info")
def skipped_heading_level(package: Package) -> Iterator[Finding]:
    """A heading is more than one level below the heading before it.

    Bad:  # Deploy, then ### Parameters
    Good: # Deploy, then ## Parameters
    """
    for path, document in package.outlines.items():
        for above, heading in pairwise(document.headings):
            if heading.level > above.level + 1:
                message = f"a heading of level {heading.level} follows one of level {above.level}"
                yield Finding(Span(path, heading.line), message, f"write it with {'#' * (above.level + 1)}")
