"""R9032."""

from __future__ import annotations

from nestforge.lint.downloads import piped_downloads
from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R9032", severity="warning")
def piped_plain_download(template: Template) -> Iterator[Finding]:
    """A command runs in a shell what it downloads without encryption.

    Everyone on the way can put another script in its place, and it runs as root.

    Bad:  curl http://get.example.com/install.sh | bash
    Good: curl -fsSLo install.sh https://…/1.2.3/install.sh && sha256sum -c install.sha256 && bash install.sh
    """
    for above, found in template.by_passage(piped_downloads):
        if found.is_plain:
            span = Span(template.path, above + found.line, found.column)
            yield Finding(span, f"what {found.address} answers is run, whoever answers", "download it through https")
