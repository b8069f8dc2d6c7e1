"""R8001."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nestforge.lint.documents import documents
from nestforge.lint.engine import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package

_FENCE = re.compile(r" *(`{3,}|~{3,})\s*(.*)")


@rule("R8001")
def unclosed_fence(package: Package) -> Iterator[Finding]:
    """A code block of a document is never closed.

    Everything below it is then shown as code.

    Bad:  ```bash, a command, and no ``` below
    Good: ```bash, a command, ```
    """
    for document in documents(package):
        opened: tuple[int, str] | None = None
        for number, line in enumerate(document.lines, 1):
            found = _FENCE.fullmatch(line)
            if found is None:
                continue
            mark, info = found.groups()
            if opened is None:
                opened = (number, mark)
            elif not info and mark.startswith(opened[1]):
                opened = None
        if opened is not None:
            yield Finding(document.place(*opened), "this code block is never closed", f"close it with {opened[1]}")
