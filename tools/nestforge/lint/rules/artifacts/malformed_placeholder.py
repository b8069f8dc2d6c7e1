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
    for number, line in enumerate(template.lines, 1):
        if "computenest" not in line or line.lstrip().startswith("#"):
            continue
        for found in _ALMOST.finditer(line):
            if not PLACEHOLDER.fullmatch(found[0]):
                span = Span(template.path, number, found.start() + 1, number, found.end() + 1)
                words = [*_WORDS.findall(found[1]), "NAME"][:2]
                help = f"write it as {{{{ computenest::{'::'.join(words)} }}}}"
                yield Finding(span, f"'{found[0]}' is no placeholder that Compute Nest fills in", help)
