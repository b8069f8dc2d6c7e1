"""R8008."""

from __future__ import annotations

from nestforge.lint.document_links import anchor_of
from nestforge.lint.engine import Finding, rule
from nestforge.lint.markdown import github_anchor
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R8008", severity="info")
def repeated_heading(package: Package) -> Iterator[Finding]:
    """Two headings of a document share the name that a link in it leads to.

    Bad:  ## Logs, ## Logs, and [Logs](#logs)
    Good: ## Logs of vLLM, ## Logs of SGLang, and [Logs](#logs-of-vllm)
    """
    for path, document in package.outlines.items():
        linked = {found[1] for link in document.links if (found := anchor_of(link.address, path))}
        first: dict[str, int] = {}
        for heading in document.headings:
            anchor = github_anchor(heading.text)
            if anchor and anchor in first and anchor in linked:
                message = f"the link to '#{anchor}' leads to the heading on line {first[anchor]}, never to this one"
                yield Finding(Span(path, heading.line), message, "word one of the headings differently")
            first.setdefault(anchor, heading.line)
