"""R8001."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R8001")
def unclosed_fence(package: Package) -> Iterator[Finding]:
    """A fence of a document is never closed.

    The rest of the document is shown as code.

    Bad:  ```bash
    Good: ```bash … ```
    """
    for path, document in package.outlines.items():
        if document.unclosed is not None:
            span = Span(path, document.unclosed)
            yield Finding(span, "nothing closes this fence", "close it with as many of the same signs")
