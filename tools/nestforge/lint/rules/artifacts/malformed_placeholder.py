"""R6007."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.placeholders import PLACEHOLDER
from nestforge.model.diagnostic import Span
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_ALMOST = pattern(r"\{\{\s*computenest\b([^{}\n]{0,200})\}\}")
_WORDS = pattern(r"[^\s:]+")


@rule("R6007")
def malformed_placeholder(template: Template) -> Iterator[Finding]:
    """A placeholder for an artifact is misspelt, so that Compute Nest leaves it as it is.

    Bad:  wget {{ computenest:file:kubectl }}
    Good: wget {{ computenest::file::kubectl }}
    """
    for above, (line, column, written) in template.by_passage(_malformed):
        number = above + line
        span = Span(template.path, number, column, number, column + len(written))
        words = [*_WORDS.findall(_ALMOST.sub(r"\1", written)), "NAME"][:2]
        help = f"write it as {{{{ computenest::{'::'.join(words)} }}}}"
        yield Finding(span, f"'{written}' is no placeholder that Compute Nest fills in", help)


def _malformed(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the line and the column of each, from 1, and how it is written."""
    for number, line in enumerate(text.split("\n"), 1) if "computenest" in text else ():
        if "computenest" in line and not line.lstrip().startswith("#"):
            for found in _ALMOST.finditer(line):
                if not PLACEHOLDER.fullmatch(found[0]):
                    yield number, found.start() + 1, found[0]
