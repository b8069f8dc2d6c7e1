"""R7055."""

from __future__ import annotations

from nestforge.lint.continuations import cuts_in
from nestforge.lint.engine import Finding, rule
from nestforge.lint.line_places import place_in_line
from nestforge.lint.markdown import shell_blocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R7055", severity="warning", unless="R7014")
def broken_continuation_in_document(package: Package) -> Iterator[Finding]:
    r"""A command in a document ends where it was meant to go on in the next line.

    Readers copy it, and the arguments behind the cut are lost.

    Bad:  --max-model-len 8192 \ # tokens
    Good: --max-model-len 8192 \
    """
    for path, text in package.documents.items():
        for block in shell_blocks(text) if "\\" in text else ():
            for cut in cuts_in(block.text):
                number = block.line + cut.line - 1
                line = text.split("\n")[number - 1]
                yield Finding(place_in_line(path, number, line, cut.written), cut.message, cut.help)
