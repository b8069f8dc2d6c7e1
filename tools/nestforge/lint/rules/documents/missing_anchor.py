"""R8006."""

from __future__ import annotations

import re

from nestforge.lint.document_links import anchor_of
from nestforge.lint.engine import Finding, rule
from nestforge.lint.hints import Hints

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package

_SIGNS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"_\d+|top")
"""MkDocs numbers the headings that have no Latin letter; every page has a top."""


@rule("R8006", severity="warning")
def missing_anchor(package: Package) -> Iterator[Finding]:
    """A document links to a heading that is not there.

    Bad:  [Logs](#log), and only the heading "Logs"
    Good: [Logs](#logs)
    """
    anchors = {path: document.anchors for path, document in package.outlines.items()}
    folded = {path: {_folded(anchor) for anchor in known} for path, known in anchors.items()}
    hints = Hints()
    for path, document in package.outlines.items():
        for link in document.links:
            found = anchor_of(link.address, path)
            if found is None or (known := anchors.get(found[0])) is None:
                continue
            if _folded(found[1]) not in folded[found[0]] and not _NUMBERED.fullmatch(found[1]):
                help = hints.near(found[1], known)
                yield Finding(
                    link.span(path),
                    f"'{found[0]}' has no heading for '#{found[1]}'",
                    help or "link to a heading that is there",
                )


def _folded(anchor: str) -> str:
    """Return an anchor without what renderers disagree on: case, and the signs between the words."""
    return _SIGNS.sub("", anchor).casefold()
