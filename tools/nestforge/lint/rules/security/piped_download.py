"""R9031."""

from __future__ import annotations

from nestforge.lint.downloads import piped_downloads
from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R9031", severity="info")
def piped_download(template: Template) -> Iterator[Finding]:
    """A command runs in a shell what it downloads, as it comes.

    What runs tomorrow is what is at the address tomorrow, and half a script where the line is cut.

    Bad:  curl -fsSL https://get.example.com/install.sh | bash
    Good: curl -fsSLo install.sh https://…/1.2.3/install.sh && sha256sum -c install.sha256 && bash install.sh
    """
    for above, found in template.by_passage(piped_downloads):
        if not found.is_plain:
            span = Span(template.path, above + found.line, found.column)
            help = "download a fixed version, check its sum, then run it"
            yield Finding(span, f"what {found.address} answers is run unseen", help)
